; SDM vol. 3, "Changes to Instruction Behavior in VMX Non-Root Operation"

%include "scenario.inc"
%include "guest.inc"

scenario "the guest clears CR0.TS by CLTS without an exit where that bit is its own"

        rule_in_part clts_and_lmsw_by_masks
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_CR0, set=CR0_TS
        vmcs    CR0_READ_SHADOW, set=CR0_TS
        twist   vmcs CR0_GUEST_HOST_MASK, clear=CR0_TS

        expect  vmcall
        otherwise cr_access, rip=clear
        finish

guest CODE
clear:  clts
        smsw    eax
        test    al, CR0_TS
        jz      done
        ud2
done:   vmcall

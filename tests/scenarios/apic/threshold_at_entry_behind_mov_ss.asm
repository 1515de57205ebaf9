; SDM vol. 3, "VM Exits Induced by the TPR Threshold".

%include "scenario.inc"
%include "apic.inc"
%include "kernel/bits.inc"

scenario "a virtual TPR below its threshold exits behind VM entry in spite of blocking by MOV SS"

        rule    tpr_below_threshold_exits
        needs   tpr_shadow, virtualize_apic_accesses
        page    CODE, at=0x1000, access=r-x
        virtual_apic
        page    APIC, at=0x6000, access=rw-
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_virtualize_apic_accesses
        vmcs    APIC_ACCESS_ADDRESS, page=APIC
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    GUEST_INTERRUPTIBILITY_STATE, value=2
        twist   vmcs TPR_THRESHOLD, value=6

        expect  tpr_below_threshold, rip=CODE, GUEST_INTERRUPTIBILITY_STATE=2
        otherwise vmcall, rax=1
        finish

guest CODE

        mov     eax, 1
        vmcall

contents VIRTUAL
        times TPR db 0
        dd      0x50

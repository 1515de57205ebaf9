; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (LMSW); table "Exit Qualification for
; Control-Register Accesses": access type 3, source data in bits 31:16.

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "LMSW exits with its source when it changes a bit that the host owns"

        rule    lmsw_exits
        rule_in_part clts_and_lmsw_by_masks
        page    CODE, at=0x1000, access=r-x
        twist   vmcs CR0_GUEST_HOST_MASK, set=CR0_TS
        untwisted vmcs CR0_GUEST_HOST_MASK, clear=CR0_TS
        vmcs    CR0_READ_SHADOW, clear=0xe

        expect  cr_access, control=0, qualification=0x90030, rip=load, length=3
        otherwise vmcall
        skip

        expect  vmcall
        finish

guest CODE

        mov     eax, 1                  ; only PE, which is 1 already
        lmsw    ax
        mov     eax, 9                  ; PE and TS, which is 0
load:   lmsw    ax
        vmcall

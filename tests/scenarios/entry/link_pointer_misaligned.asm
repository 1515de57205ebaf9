; The exit qualification 4 says that the VMCS link pointer is wrong.  The pointer is right but for
; this: it leads to the VMCS revision identifier, which the guest has written.
; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"
%include "kernel/msr.inc"

scenario "VM entry refuses a VMCS link pointer that is not page-aligned"

        rule_in_part link_pointer_misaligned
        needs   msr_bitmaps
        page    CODE,    at=0x1000, access=r-x
        page    LINKED,  at=0x2000, access=rw-
        page    BITMAPS, at=0x3000, access=---          ; no RDMSR exits
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_use_msr_bitmaps
        vmcs    MSR_BITMAPS, page=BITMAPS

        expect  vmcall
        vmcs    VMCS_LINK_POINTER, page=LINKED
        twist   vmcs VMCS_LINK_POINTER, set=8
        skip

        expect  invalid_guest_state, qualification=4, rip=never
        otherwise hlt, rip=never
        finish

guest CODE

        mov     ecx, IA32_VMX_BASIC
        rdmsr                                   ; EAX: the VMCS revision identifier
        mov     [LINKED], eax
        mov     [LINKED + 8], eax
        vmcall
never:  hlt

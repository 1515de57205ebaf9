; The exit qualification 4 says that the VMCS link pointer is wrong.  It leads to the VMCS revision
; identifier that the guest has written, and that is wrong by 1.
; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"
%include "kernel/msr.inc"

scenario "VM entry refuses a VMCS link pointer to a region of another revision"

        rule    link_pointer_to_other_revision
        needs   msr_bitmaps
        page    CODE,    at=0x1000, access=r-x
        page    LINKED,  at=0x2000, access=rw-
        page    BITMAPS, at=0x3000, access=---          ; no RDMSR exits
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_use_msr_bitmaps
        vmcs    MSR_BITMAPS, page=BITMAPS

        expect  vmcall
        vmcs    VMCS_LINK_POINTER, page=LINKED
        skip

        expect  invalid_guest_state, qualification=4, rip=never
        otherwise hlt, rip=never
        finish

guest CODE

        mov     ecx, IA32_VMX_BASIC
        rdmsr                                   ; EAX: the VMCS revision identifier
        twist   inc eax
        mov     [LINKED], eax
        vmcall
never:  hlt

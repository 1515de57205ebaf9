; A write to CR0 exits if it differs from the read shadow in a bit that the guest/host mask owns.  A
; write that changes nothing does not exit.
; SDM vol. 3, "Guest/Host Masks and Read Shadows for CR0 and CR4"; "Instructions That Cause VM Exits
; Conditionally" (MOV to CR0).

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "MOV to CR0 exits when it changes a bit that the host owns"

        rule    mov_to_cr_exits, masks_and_shadows
        page    CODE, at=0x1000, access=r-x
        twist   vmcs CR0_GUEST_HOST_MASK, set=CR0_TS
        untwisted vmcs CR0_GUEST_HOST_MASK, clear=CR0_TS

        expect  cr_access, control=0, qualification=0, rip=change, length=3
        otherwise vmcall
        skip

        expect  vmcall
        finish

guest CODE

        mov     rax, cr0
        mov     cr0, rax                ; nothing changes: no exit
        or      eax, CR0_TS
change: mov     cr0, rax
        vmcall

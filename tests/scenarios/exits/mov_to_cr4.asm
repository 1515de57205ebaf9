; SDM vol. 3, "Guest/Host Masks and Read Shadows for CR0 and CR4"; "Instructions That Cause VM Exits
; Conditionally" (MOV to CR4).

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "MOV to CR4 exits when it changes a bit that the host owns"

        rule    mov_to_cr_exits, masks_and_shadows
        page    CODE, at=0x1000, access=r-x
        twist   vmcs CR4_GUEST_HOST_MASK, set=CR4_PGE
        untwisted vmcs CR4_GUEST_HOST_MASK, clear=CR4_PGE

        expect  cr_access, control=4, qualification=0x104, rip=change, length=3
        otherwise vmcall
        skip

        expect  vmcall
        finish

guest CODE

        mov     rcx, cr4
        mov     cr4, rcx                ; nothing changes: no exit
        or      ecx, CR4_PGE
change: mov     cr4, rcx
        vmcall

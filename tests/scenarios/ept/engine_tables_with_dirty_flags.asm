; With accessed and dirty flags for EPT a page walk counts as a write, so the engine's paging
; structures have to be writable.  Such a guest has copies of them, which end with it.
; SDM vol. 3, "Accessed and Dirty Flags for EPT".

%include "scenario.inc"
%include "guest.inc"

scenario "with accessed and dirty flags a guest writes to the engine's paging structures, its own copy"

        needs   accessed_dirty
        page    CODE, at=0x1000, access=r-x
        own_paging

        expect  vmcall
        remap   PML4, access=rw-
        remap   PDPT, access=rw-
        remap   PD,   access=rw-
        remap   PT,   access=rw-
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY
        invept
        skip

        expect  vmcall, rax=ENGINE_PDPT | LEAF
        flags   ENGINE_START, accessed|dirty, level=pt
        skip
        expect  vmcall, rax=0
        finish

guest CODE

        mov     rbx, HIGH
        vmcall
        mov     rax, [rbx]
        mov     qword [rbx], 0
        vmcall
        mov     rax, [rbx]
        vmcall

        map_high pte=ENGINE_START + LEAF

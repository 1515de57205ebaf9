; The guest's own flags are in guest memory, so the processor writes them through EPT.
; SDM vol. 3, "Accessed and Dirty Flags".

%include "scenario.inc"
%include "guest.inc"

scenario "the processor sets accessed and dirty flags in the guest's paging structures"

        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=rw-
        own_paging

        expect  vmcall
        remap   PML4, access=rw-
        remap   PDPT, access=rw-
        remap   PD,   access=rw-
        remap   PT,   access=rw-
        skip

        expect  vmcall
        holds   PML4+8, qword=PDPT + BRANCH
        holds   PDPT,   qword=PD + BRANCH
        holds   PD,     qword=PT + BRANCH
        holds   PT,     qword=DATA + BRANCH
        skip

        expect  vmcall
        holds   PT,     qword=DATA + LEAF
        finish

guest CODE

        mov     rbx, HIGH
        vmcall
        mov     rax, [rbx]
        vmcall
        mov     [rbx], rax
        vmcall

        map_high pml4e=PDPT + BRANCH - ACCESSED, pdpte=PD + BRANCH - ACCESSED, \
                pde=PT + BRANCH - ACCESSED, pte=DATA + BRANCH - ACCESSED

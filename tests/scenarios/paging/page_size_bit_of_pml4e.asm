; There is no page of 512 GiB, which is what one PML4 entry covers.
; SDM vol. 3, "Page-Fault Exceptions" (RSVD flag); table "Format of a PML4 Entry".

%include "scenario.inc"
%include "guest.inc"

scenario "the page-size bit of a guest's PML4 entry is reserved"

        page    CODE, at=0x1000, access=r-x
        own_paging

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_RESERVED, \
                qualification=HIGH, rip=load
        finish

guest CODE

        mov     rbx, HIGH
load:   mov     rax, [rbx]
        vmcall

        map_high pml4e=PDPT + BRANCH + LARGE

; SDM vol. 3, "Page-Fault Exceptions" (RSVD flag).

%include "scenario.inc"
%include "guest.inc"

scenario "a guest entry that is not present has no reserved bits"

        page    CODE, at=0x1000, access=r-x
        own_paging

        expect  exception_or_nmi, vector=VECTOR_PF, error=0, qualification=HIGH, rip=load
        finish

guest CODE

        mov     rbx, HIGH
load:   mov     rax, [rbx]
        vmcall

        map_high pml4e=~PRESENT

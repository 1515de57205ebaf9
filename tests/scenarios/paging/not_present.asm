; EPT is not asked for a linear address that the guest's own tables do not map.
; SDM vol. 3, "Page-Fault Exceptions"; "Prioritization of EPT Misconfigurations and EPT Violations".

%include "scenario.inc"
%include "guest.inc"

scenario "a guest entry that is not present is a page fault, whatever EPT maps"

        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=---
        own_paging

        expect  exception_or_nmi, vector=VECTOR_PF, error=0, qualification=HIGH+8, rip=load
        resume  at=store
        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_WRITE, qualification=HIGH+8, rip=store
        finish

guest CODE

        mov     rbx, HIGH
load:   mov     rax, [rbx + 8]
store:  mov     [rbx + 8], rax
        vmcall

        map_high pte=DATA + LEAF - PRESENT

; The processor must read the entry before it can find that the entry is not present.
; SDM vol. 3, "Prioritization of EPT Misconfigurations and EPT Violations".

%include "scenario.inc"
%include "guest.inc"

scenario "an EPT violation of the walk goes before the page fault that the entry would be"

        page    CODE, at=0x1000, access=r-x
        own_paging

        expect  vmcall
        remap   PT, access=---
        invept
        resume  at=load

        expect  ept_violation, gpa=PT, gla=HIGH, access=read, allowed=---, walk=1, rip=load
        remap   PT, access=r--
        resume
        expect  exception_or_nmi, vector=VECTOR_PF, error=0, qualification=HIGH, rip=load
        finish

guest CODE

        mov     rbx, HIGH
        vmcall
load:   mov     rax, [rbx]
        vmcall

        map_high pte=0

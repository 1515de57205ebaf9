; The guest's own tables refuse the fetch, so EPT is not asked.  Only EPT refuses the read.
; SDM vol. 3, "Determination of Access Rights"; "Prioritization of EPT Misconfigurations and EPT
; Violations".

%include "scenario.inc"
%include "guest.inc"

scenario "a fetch that the guest forbids is a page fault before EPT refuses it"

        needs   load_efer
        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=---
        own_paging
        vmcs    GUEST_IA32_EFER, set=EFER_NXE

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_FETCH, \
                qualification=HIGH, rip=HIGH
        resume  at=load
        expect  ept_violation, gpa=DATA, gla=HIGH, access=read, allowed=---, walk=0, rip=load
        finish

guest CODE

        mov     rbx, HIGH
        jmp     rbx
load:   mov     rax, [rbx]
        vmcall

        map_high pte=EXECUTE_DISABLE + DATA + LEAF

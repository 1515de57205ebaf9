; The engine's tables map everything as user pages, so SMEP forbids the fetch.
; SDM vol. 3, "Determination of Access Rights" (instruction fetches in supervisor mode).

%include "scenario.inc"
%include "guest.inc"

scenario "with SMEP a supervisor's fetch from a user page is a page fault before EPT refuses it"

        needs   smep, load_efer
        page    CODE, at=0x1000, access=---
        vmcs    GUEST_CR4, set=CR4_SMEP

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_FETCH, \
                qualification=start, rip=start
        vmcs    GUEST_CR4, clear=CR4_SMEP
        resume
        expect  ept_violation, gpa=CODE, gla=start, access=fetch, allowed=---, walk=0, rip=start
        finish

guest CODE

start:  vmcall

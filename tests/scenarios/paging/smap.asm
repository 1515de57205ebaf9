; SMAP is about data, not instructions: the guest's code is in user pages, too, and it runs.
; SDM vol. 3, "Determination of Access Rights" (data accesses in supervisor mode).

%include "scenario.inc"
%include "guest.inc"

scenario "with SMAP a supervisor's read of a user page is a page fault unless RFLAGS.AC is 1"

        needs   smap
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=---
        vmcs    GUEST_CR4, set=CR4_SMAP

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT, qualification=DATA, rip=load
        vmcs    GUEST_RFLAGS, set=RFLAGS_AC
        resume
        expect  ept_violation, gpa=DATA, gla=DATA, access=read, allowed=---, walk=0, rip=load
        finish

guest CODE

load:   mov     rax, [DATA]
        vmcall

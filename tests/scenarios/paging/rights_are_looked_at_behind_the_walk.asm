; The processor decides only after the walk whether an access is allowed.  The directory entry
; forbids it, and the page table is read all the same.
; SDM vol. 3, "Prioritization of EPT Misconfigurations and EPT Violations"; "Determination of Access
; Rights".

%include "scenario.inc"
%include "guest.inc"

scenario "an EPT violation of the walk goes before a page fault by an upper entry's rights"

        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=---
        own_paging
        vmcs    GUEST_CR0, set=CR0_WP

        expect  vmcall
        remap   PT, access=---
        invept
        resume  at=store

        expect  ept_violation, gpa=PT, gla=HIGH, access=read, allowed=---, walk=1, rip=store
        remap   PT, access=r--
        resume
        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_WRITE, \
                qualification=HIGH, rip=store
        finish

guest CODE

        mov     rbx, HIGH
        vmcall
store:  mov     [rbx], rax
        vmcall

        map_high pde=PT + BRANCH - WRITABLE, pte=DATA + LEAF

; Linear addresses have 57 bits here.  Without CR4.LA57 this one would not be canonical.
; SDM vol. 3, "4-Level Paging and 5-Level Paging".

%include "scenario.inc"
%include "guest.inc"

%define HIGHER  (1 << 48)

scenario "5-level paging translates linear addresses beyond 48 bits"

        needs   five_level_paging
        page    CODE, at=0x1000,  access=r-x
        page    PML5, at=0x14000, access=r--
        page    DATA, at=0x20000, access=---
        own_paging
        vmcs    GUEST_CR4, set=CR4_LA57
        set     cr3, PML5

        expect  ept_violation, gpa=DATA+8, gla=HIGHER+HIGH+8, access=read, walk=0, rip=load
        remap   DATA, access=r--
        resume
        expect  vmcall, rax=0
        finish

guest CODE

        mov     rbx, HIGHER + HIGH
load:   mov     rax, [rbx + 8]
        vmcall

        map_high pte=DATA + LEAF
contents PML5
        dq      PML4 + BRANCH, PML4 + BRANCH

; Each step of the walk is an access of its own to guest-physical memory.
; SDM vol. 3, "EPT Translation Mechanism"; table "Exit Qualification for EPT Violations".

%include "scenario.inc"
%include "guest.inc"

scenario "a walk through four absent paging structures traps at each, with its entry's address"

        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=r--
        own_paging

        expect  vmcall
        remap   PML4, access=---
        remap   PDPT, access=---
        remap   PD,   access=---
        remap   PT,   access=---
        invept
        resume  at=load

        ; the fetch of the instruction itself needs the PML4 first
        expect  ept_violation, gpa=PML4, gla=load, access=read, walk=1, rip=load
        remap   PML4, access=r--
        resume
        expect  ept_violation, gpa=PDPT+8*1, gla=FAR_AWAY, access=read, walk=1, rip=load
        remap   PDPT, access=r--
        resume
        expect  ept_violation, gpa=PD+8*2, gla=FAR_AWAY, access=read, walk=1, rip=load
        remap   PD,   access=r--
        resume
        expect  ept_violation, gpa=PT+8*3, gla=FAR_AWAY, access=read, walk=1, rip=load
        remap   PT,   access=r--
        resume

        expect  vmcall, rax=0x77
        finish

FAR_AWAY equ    HIGH + (1 << 30) + (2 << 21) + (3 << 12)

guest CODE

        mov     rbx, FAR_AWAY
        vmcall
load:   mov     rax, [rbx]
        vmcall

contents PML4
        dq      ENGINE_PDPT + BRANCH, PDPT + BRANCH
contents PDPT
        dq      0, PD + BRANCH
contents PD
        dq      0, 0, PT + BRANCH
contents PT
        dq      0, 0, 0, DATA + LEAF
contents DATA
        dq      0x77

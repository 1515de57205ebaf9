; A hypervisor can hide its breakpoints from the guest in this way: who reads the page gets other
; bytes than those that are executed.
; SDM vol. 3, "EPT Violations"; appendix "EPT and VPID Capabilities" (execute-only translations).

%include "scenario.inc"

%define SHOWN   0x11

scenario "code on an execute-only page runs as it is and reads as the host wants it"

        needs   execute_only
        page    CODE,   at=0x1000, access=r-x
        page    HIDDEN, at=0x2000, access=--x

        expect  ept_violation, gpa=HIDDEN, access=read, allowed=--x, rip=look
        set     rax, SHOWN
        resume  at=looked
        expect  ept_violation, gpa=HIDDEN+1, access=read, allowed=--x, rip=HIDDEN
        set     rbx, SHOWN
        resume  at=hidden_looked
        expect  vmcall, rip=hidden_end, rax=SHOWN, rbx=SHOWN, rcx=0x77
        finish

guest CODE

look:   movzx   eax, byte [HIDDEN]
looked: jmp     HIDDEN

contents HIDDEN
        movzx   ebx, byte [HIDDEN + 1]
hidden_looked:
        mov     ecx, 0x77
hidden_end:
        vmcall

; SDM vol. 3, "Instruction-Breakpoint Exception Condition": RF is cleared when an instruction has
; completed.

%include "scenario.inc"

scenario "what is skipped leaves RFLAGS.RF at 0"

        needs   interrupt_window
        page    CODE, at=0x1000, access=r-x
        set     rflags, 0x202

        expect  cpuid
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_interrupt_window_exiting
        set     rflags, 0x10202
        skip

        expect  interrupt_window, rip=next, rflags=0x202
        otherwise vmcall, rax=1
        finish

guest CODE

        cpuid
next:   mov     eax, 1
        vmcall

; SDM vol. 2, "STI--Set Interrupt Flag": interrupts are blocked until the next instruction has completed.

%include "scenario.inc"

scenario "what is skipped in the shadow of STI ends the shadow"

        needs   interrupt_window
        page    CODE, at=0x1000, access=r-x

        expect  cpuid, GUEST_INTERRUPTIBILITY_STATE=1
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_interrupt_window_exiting
        skip

        expect  interrupt_window, rip=next, rax=0
        otherwise vmcall, rax=1
        finish

guest CODE

        sti
        cpuid
next:   mov     eax, 1
        vmcall

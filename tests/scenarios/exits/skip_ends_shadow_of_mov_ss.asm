; SDM vol. 3, "Masking Exceptions and Interrupts When Switching Stacks": the shadow is one instruction.

%include "scenario.inc"

scenario "what is skipped in the shadow of MOV SS ends the shadow"

        needs   interrupt_window
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_INTERRUPTIBILITY_STATE, value=2
        set     rflags, 0x202

        expect  cpuid, GUEST_INTERRUPTIBILITY_STATE=2
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_interrupt_window_exiting
        skip

        expect  interrupt_window, rip=next, rax=0
        otherwise vmcall, rax=1
        finish

guest CODE

        cpuid
next:   mov     eax, 1
        vmcall

; SDM vol. 3, "Interrupt-Window Exiting and Virtual-Interrupt Delivery".

%include "scenario.inc"
%include "guest.inc"

scenario "the interrupt window is closed where an injected event clears RFLAGS.IF, until IRET"

        rule    interrupt_window_conditions
        needs   interrupt_window
        page    CODE, at=0x1000, access=r-x
        event_tables
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_interrupt_window_exiting
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(0x40)

        expect  vmcall, rip=handler
        otherwise interrupt_window, rip=CODE
        skip
        expect  interrupt_window, rip=CODE, rsp=STACK + PAGE_SIZE
        finish

guest CODE

        vmcall
handler:
        vmcall
        iretq

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x40, handler

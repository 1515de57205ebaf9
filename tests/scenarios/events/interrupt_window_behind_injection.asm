; SDM vol. 3, "Interrupt-Window Exiting and Virtual-Interrupt Delivery".

%include "scenario.inc"
%include "guest.inc"

scenario "the interrupt window opens at the first instruction of an injected event's handler"

        rule    interrupt_window_conditions
        needs   interrupt_window
        page    CODE, at=0x1000, access=r-x
        event_tables
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_interrupt_window_exiting
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(0x40)

        expect  interrupt_window, rip=handler, rsp=STACK + PAGE_SIZE - 40
        otherwise interrupt_window, rip=CODE
        finish

guest CODE

        vmcall
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT                            ; a trap gate, which leaves RFLAGS.IF at 1
        times 16 * 0x40 db 0
        dw      handler, 8, 0x8f00, 0
        dd      0, 0

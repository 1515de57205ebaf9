; SDM vol. 3, "Other Causes of VM Exits"; "Interruptibility State".

%include "scenario.inc"
%include "guest.inc"

scenario "an interrupt that does not exit waits for RFLAGS.IF and the end of the shadow of STI"

        rule    external_interrupt_exits, interrupt_pending_at_entry
        needs   preemption_timer
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    PIN_BASED_CONTROLS, clear=PIN_BASED_external_interrupt_exiting
        interrupt 0x40

        expect  vmcall, rip=first
        otherwise vmcall, rip=handler
        skip
        expect  vmcall, rip=handler
        holds   STACK + PAGE_SIZE - 40, qword=behind
        finish

guest CODE

        twist   nop
        untwisted sti
        nop
first:  vmcall
        sti
        nop
behind: nop
        nop
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x40, handler

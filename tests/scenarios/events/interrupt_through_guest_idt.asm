; SDM vol. 3, "Other Causes of VM Exits"; "Pin-Based VM-Execution Controls".

%include "scenario.inc"
%include "guest.inc"

scenario "an interrupt that does not exit is delivered through the guest's IDT"

        rule    external_interrupt_exits, interrupt_pending_at_entry
        needs   acknowledge_interrupt, preemption_timer
        page    CODE, at=0x1000, access=r-x
        event_tables
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        twist   vmcs PIN_BASED_CONTROLS, clear=PIN_BASED_external_interrupt_exiting
        interrupt 0x40

        expect  vmcall, rip=handler, rsp=STACK + PAGE_SIZE - 40
        otherwise external_interrupt, vector=0x40, rip=CODE
        holds   STACK + PAGE_SIZE - 40, qword=CODE
        finish

guest CODE

        nop
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x40, handler

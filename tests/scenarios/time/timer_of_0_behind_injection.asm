; SDM vol. 3, "VM Exits Due to the VMX-Preemption Timer": a timer that is 0 exits before the first
; instruction, which here is that of the handler.

%include "scenario.inc"
%include "guest.inc"

scenario "a preemption timer of 0 exits behind the injection of an event, before the handler runs"

        rule    preemption_timer_of_0
        needs   preemption_timer
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(0x30)
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_activate_preemption_timer
        twist   vmcs VMX_PREEMPTION_TIMER_VALUE, value=0
        untwisted vmcs VMX_PREEMPTION_TIMER_VALUE, value=0xffffffff

        expect  preemption_timer, rip=handler, rax=0
        otherwise vmcall, rax=1
        holds   STACK + PAGE_SIZE - 40, qword=CODE
        finish

guest CODE

        vmcall
handler:
        mov     eax, 1
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x30, handler

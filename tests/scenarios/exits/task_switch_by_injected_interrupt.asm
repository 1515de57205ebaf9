; SDM vol. 3, "Treatment of Task Switches"; table "Exit Qualification for Task Switches";
; "Information for VM Exits During Event Delivery"; "Event Injection".

%include "scenario.inc"
%include "guest.inc"

%define TASK            0x18
%define TASK_GATE       0x8500                  ; bits 63:32: present
%define INTERRUPT_GATE  0x8e00
%define EVENT           EXTERNAL_INTERRUPT(1)

scenario "an injected interrupt whose gate is a task gate exits as a task switch"

        rule    task_switch_exits
        rule_in_part idt_vectoring_of_injected_event
        page    CODE, at=0x1000, access=r-x
        page    TSS, at=0x5000, access=rw-
        event_tables
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EVENT

        expect  task_switch, selector=TASK, source=task_gate, rip=start, \
                qualification=0xc0000018, IDT_VECTORING_INFORMATION=EVENT|UNDEFINED_BIT?
        otherwise vmcall, rip=same_task
        finish

guest CODE, mode=pae

start:  hlt
same_task:
        vmcall

contents GDT
        dq      0, CODE_32, FLAT_DATA
        dd      TSS << 16 | 0x67, SYSTEM_TSS
contents IDT
        dq      0
        twist   dd TASK << 16, TASK_GATE
        untwisted dd (8 << 16) + same_task, INTERRUPT_GATE

; The event that goes through the task gate is in the IDT-vectoring information.
; SDM vol. 3, "Treatment of Task Switches"; table "Exit Qualification for Task Switches";
; "Information for VM Exits During Event Delivery".

%include "scenario.inc"
%include "guest.inc"

%define TASK            0x18
%define TASK_GATE       0x8500                  ; bits 63:32: present
%define INTERRUPT_GATE  0x8e00

scenario "an INT n through a task gate exits as a task switch during its delivery"

        rule    task_switch_exits
        rule_in_part idt_vectoring_information
        page    CODE, at=0x1000, access=r-x
        page    TSS, at=0x5000, access=rw-
        event_tables

        expect  task_switch, selector=TASK, source=task_gate, rip=raise, length=2, \
                qualification=0xc0000018, \
                IDT_VECTORING_INFORMATION=SOFTWARE_INTERRUPT(1)|UNDEFINED_BIT?
        otherwise vmcall, rip=same_task
        finish

guest CODE, mode=pae

raise:  int     1
        hlt
same_task:
        vmcall

contents GDT
        dq      0, CODE_32, FLAT_DATA
        dd      TSS << 16 | 0x67, SYSTEM_TSS
contents IDT
        dq      0
        twist   dd TASK << 16, TASK_GATE
        untwisted dd (8 << 16) + same_task, INTERRUPT_GATE

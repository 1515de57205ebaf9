; The selector is that of the TSS, not that of the gate.
; SDM vol. 3, "Treatment of Task Switches"; table "Exit Qualification for Task Switches".

%include "scenario.inc"
%include "guest.inc"

%define TASK            0x18
%define GATE            0x20
%define TASK_GATE       0x8500                  ; bits 63:32: present
%define CALL_GATE       0x8c00

scenario "a CALL of a task gate exits with the selector of the TSS to which the gate leads"

        rule    task_switch_exits
        page    CODE, at=0x1000, access=r-x
        page    TSS, at=0x5000, access=rw-
        event_tables

        expect  task_switch, selector=TASK, source=call, rip=switch, length=7, qualification=TASK
        otherwise vmcall, rip=same_task
        finish

guest CODE, mode=pae

switch: call    GATE:0
        hlt
same_task:
        vmcall

contents GDT
        dq      0, CODE_32, FLAT_DATA
        dd      TSS << 16 | 0x67, SYSTEM_TSS
        twist   dd TASK << 16, TASK_GATE
        untwisted dd (8 << 16) + same_task, CALL_GATE

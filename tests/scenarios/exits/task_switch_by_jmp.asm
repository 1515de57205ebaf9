; SDM vol. 3, "Treatment of Task Switches"; table "Exit Qualification for Task Switches".

%include "scenario.inc"
%include "guest.inc"

%define TASK            0x20

scenario "a JMP to a TSS exits with its selector, before the task is left"

        rule    task_switch_exits
        page    CODE, at=0x1000, access=r-x
        page    TSS, at=0x5000, access=rw-
        event_tables

        expect  task_switch, selector=TASK, source=jmp, rip=switch, length=7, \
                qualification=0x80000020
        otherwise vmcall, rip=same_task
        holds   TSS + 0x20, dword=0
        finish

guest CODE, mode=pae

switch: jmp     TASK:same_task
same_task:
        vmcall

contents GDT
        dq      0, CODE_32, FLAT_DATA, 0
        twist   dd TSS << 16 | 0x67, SYSTEM_TSS
        untwisted dq CODE_32

; With RFLAGS.NT an IRET goes back to the task whose selector the TSS holds as its link.
; SDM vol. 3, "Treatment of Task Switches"; table "Exit Qualification for Task Switches"; "Task
; Linking".

%include "scenario.inc"
%include "guest.inc"

%define TASK            0x18

scenario "an IRET of a nested task exits with the selector of the task before"

        rule    task_switch_exits
        page    CODE, at=0x1000, access=r-x
        page    TSS, at=0x5000, access=rw-
        page    THIS_TSS, at=0x6000, access=rw-
        event_tables
        vmcs    GUEST_TR_BASE, value=THIS_TSS
        set     rsp, FRAME
        twist   vmcs GUEST_RFLAGS, set=RFLAGS_NT

        expect  task_switch, selector=TASK, source=iret, rip=back, length=1, rsp=FRAME, \
                qualification=0x40000018
        otherwise vmcall, rip=same_task
        finish

guest CODE, mode=pae

back:   iretd
same_task:
        vmcall

FRAME:  dd      same_task, 8, RFLAGS_FIXED

contents GDT
        dq      0, CODE_32, FLAT_DATA
        dd      TSS << 16 | 0x67, SYSTEM_TSS | TSS_BUSY

contents THIS_TSS
        dd      TASK                            ; the link

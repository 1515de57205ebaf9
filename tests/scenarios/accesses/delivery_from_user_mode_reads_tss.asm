; For a handler of privilege level 0 the processor takes RSP from the task-state segment.
; SDM vol. 3, "64-Bit Mode Stack Behavior"; "Information for VM Exits During Event Delivery".

%include "scenario.inc"
%include "guest.inc"

%define EVENT   EXTERNAL_INTERRUPT(0x30)
%define RSP0    4

scenario "an interrupt's delivery from user mode traps where the task-state segment is absent"

        page    CODE, at=0x1000, access=r-x
        page    TASK, at=0x6000, access=---
        event_tables
        user_mode
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    GUEST_TR_BASE, value=TASK
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EVENT

        expect  ept_violation, gpa=TASK+RSP0|7?, access=read, allowed=---, rip=start, \
                IDT_VECTORING_INFORMATION=EVENT|UNDEFINED_BIT?
        remap   TASK, access=r--
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EVENT
        resume

        expect  vmcall, rip=handler, rsp=STACK+0x800-40, GUEST_CS_SELECTOR=8
        holds   STACK+0x800-32, qword=11
        finish

guest CODE

start:  jmp     start
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x30, handler
contents TASK
        dd      0
        dq      STACK + 0x800

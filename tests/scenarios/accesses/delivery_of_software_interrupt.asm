; To inject the interrupt again, its instruction's length is needed, which the exit tells.
; SDM vol. 3, "Information for VM Exits During Event Delivery"; "Information for VM Exits Due to
; Instruction Execution".

%include "scenario.inc"
%include "guest.inc"

%define EVENT   SOFTWARE_INTERRUPT(0x30)

scenario "an EPT violation during the delivery of INT n tells the vector and the length"

        rule    idt_vectoring_information
        page    CODE, at=0x1000, access=r-x
        event_tables

        expect  vmcall
        remap   IDT, access=---
        invept
        skip

        expect  ept_violation, gpa=IDT+16*0x30|0xf?, access=read, rip=call_it, \
                IDT_VECTORING_INFORMATION=EVENT|UNDEFINED_BIT?, EXIT_INSTRUCTION_LENGTH=2
        remap   IDT, access=r--
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EVENT
        vmcs    ENTRY_INSTRUCTION_LENGTH, value=2
        resume

        expect  vmcall, rip=handler
        holds   STACK+PAGE_SIZE-40, qword=behind
        finish

guest CODE

        vmcall
call_it:
        int     0x30
behind: hlt
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x30, handler

; SDM vol. 3, "Information for VM Exits During Event Delivery"; "Information for VM Exits Due to
; Instruction Execution".

%include "scenario.inc"
%include "guest.inc"

scenario "an EPT violation during the delivery of INT3 tells of a software exception of one byte"

        rule    exit_instruction_length_of_delivery, idt_vectoring_information
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    EXCEPTION_BITMAP, clear=1 << VECTOR_BP

        expect  vmcall
        remap   IDT, access=---
        invept
        skip

        expect  ept_violation, gpa=IDT+16*VECTOR_BP|0xf?, access=read, rip=bad, \
                IDT_VECTORING_INFORMATION=SOFTWARE_EXCEPTION(VECTOR_BP)|UNDEFINED_BIT?, \
                EXIT_INSTRUCTION_LENGTH=1
        remap   IDT, access=r--
        resume

        expect  vmcall, rip=handler
        holds   STACK+PAGE_SIZE-40, qword=behind
        finish

guest CODE

        vmcall
bad:    int3
behind: hlt
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_BP, handler

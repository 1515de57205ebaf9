; SDM vol. 3, "Information for VM Exits During Event Delivery"; "Information for VM Exits Due to
; Instruction Execution" (VM-exit instruction length).

%include "scenario.inc"
%include "guest.inc"

scenario "an EPT violation during the delivery of INT1 tells of a privileged software exception"

        rule    idt_vectoring_of_int1
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    EXCEPTION_BITMAP, clear=1 << VECTOR_DB

        expect  vmcall
        twist   remap IDT, access=---
        invept
        skip

        expect  ept_violation, gpa=IDT+16*VECTOR_DB|0xf?, access=read, rip=bad, length=1, \
                IDT_VECTORING_INFORMATION=PRIVILEGED_EXCEPTION(VECTOR_DB)|UNDEFINED_BIT?
        otherwise vmcall, rip=handler
        remap   IDT, access=r--
        resume

        expect  vmcall, rip=handler
        holds   STACK+PAGE_SIZE-40, qword=behind
        finish

guest CODE

        vmcall
bad:    int1
behind: hlt
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_DB, handler

; The return address is after the instruction, whose length VM entry takes from the VMCS.
; SDM vol. 3, "Event Injection"; "VM-Entry Controls for Event Injection" (VM-entry instruction
; length).

%include "scenario.inc"
%include "guest.inc"

%define SOFTWARE        SOFTWARE_INTERRUPT(0x30)
%define TOP             STACK + PAGE_SIZE

scenario "an injected software interrupt returns behind its instruction"

        rule_in_part injected_software_interrupt
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=SOFTWARE
        vmcs    ENTRY_INSTRUCTION_LENGTH,       value=2

        expect  vmcall, rip=handler
        holds   TOP-40, qword=start+2
        skip

        expect  vmcall, rip=start+2
        finish

guest CODE

start:  int     0x30
        vmcall

handler:
        vmcall
        iretq

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x30, handler

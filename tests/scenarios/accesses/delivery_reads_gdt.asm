; The processor reads the gate, then the descriptor of the code segment that the gate names.
; SDM vol. 3, "Information for VM Exits During Event Delivery"; "EPT Violations".

%include "scenario.inc"
%include "guest.inc"

%define EVENT   EXTERNAL_INTERRUPT(0x30)

scenario "an interrupt's delivery traps where the GDT is absent, and can be injected again"

        rule    idt_vectoring_information
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF

        expect  vmcall
        remap   GDT, access=---
        invept
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EVENT
        resume  at=start

        expect  ept_violation, gpa=GDT+8|7?, access=read, allowed=---, rip=start, \
                rsp=STACK+PAGE_SIZE, IDT_VECTORING_INFORMATION=EVENT|UNDEFINED_BIT?
        remap   GDT, access=r--
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EVENT
        resume

        expect  vmcall, rip=handler, rsp=STACK+PAGE_SIZE-40, IDT_VECTORING_INFORMATION=NO_EVENT
        finish

guest CODE

        vmcall
start:  hlt
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x30, handler

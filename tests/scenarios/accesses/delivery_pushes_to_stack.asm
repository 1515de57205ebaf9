; SDM vol. 3, "Information for VM Exits During Event Delivery"; "EPT Violations".

%include "scenario.inc"
%include "guest.inc"

%define EVENT   EXTERNAL_INTERRUPT(0x30)

scenario "an interrupt's delivery traps as a write where the stack is read-only"

        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF

        expect  vmcall
        remap   STACK, access=r--
        invept
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EVENT
        resume  at=start

        expect  ept_violation, gpa=STACK+0xfc0|0x38?, access=write, allowed=r--, rip=start, \
                rsp=STACK+PAGE_SIZE, IDT_VECTORING_INFORMATION=EVENT|UNDEFINED_BIT?
        remap   STACK, access=rw-
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EVENT
        resume

        expect  vmcall, rip=handler, rsp=STACK+PAGE_SIZE-40
        holds   STACK+PAGE_SIZE-40, qword=start
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

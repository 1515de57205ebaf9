; SDM vol. 3, "Details of Vectored-Event Injection"; "VM-Entry Controls for Event Injection".

%include "scenario.inc"
%include "guest.inc"

scenario "an injected INT1 returns behind its instruction, whose length is in the VMCS"

        rule    injected_software_exception
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=PRIVILEGED_EXCEPTION(VECTOR_DB)
        twist   vmcs ENTRY_INSTRUCTION_LENGTH, value=1
        untwisted vmcs ENTRY_INSTRUCTION_LENGTH, value=3

        expect  vmcall, rip=there, rax=behind
        otherwise vmcall, rip=there, rax=behind+2
        finish

guest CODE

first:  int1
behind: nop
        hlt
handler:
        mov     rax, [rsp]              ; the return address
there:  vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_DB, handler

; SDM vol. 3, "Details of Vectored-Event Injection"; "VM-Entry Controls for Event Injection".

%include "scenario.inc"
%include "guest.inc"

scenario "an injected INTO returns behind its instruction, whose length is in the VMCS"

        rule    injected_software_exception
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=SOFTWARE_EXCEPTION(VECTOR_OF)
        twist   vmcs ENTRY_INSTRUCTION_LENGTH, value=1
        untwisted vmcs ENTRY_INSTRUCTION_LENGTH, value=3

        expect  vmcall, rip=there, rax=behind
        otherwise vmcall, rip=there, rax=behind+2
        finish

guest CODE, mode=pae

first:  into
behind: nop
        hlt
handler:
        mov     eax, [esp]              ; the return address
there:  vmcall

contents GDT
        dq      0, CODE_32, FLAT_DATA
contents IDT
        times 8 * VECTOR_OF db 0
        dw      handler, 8, 0x8e00, 0   ; an interrupt gate of 32 bits

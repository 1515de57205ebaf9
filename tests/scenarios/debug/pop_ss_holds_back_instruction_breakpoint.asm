; SDM vol. 3, "Masking Exceptions and Interrupts When Switching Stacks".

%include "scenario.inc"
%include "guest.inc"

scenario "POP SS holds back the breakpoint of the instruction behind it"

        page    CODE, at=0x1000, access=r-x
        event_tables
        open_debug_registers

        expect  vmcall, rip=second
        otherwise exception_or_nmi, vector=VECTOR_DB, rip=first, qualification=BREAKPOINT(0)
        finish

guest CODE, mode=pae

        mov     eax, first
        mov     dr0, eax
        mov     eax, DR7_FIXED | 1 | ON_EXECUTION(0)
        mov     dr7, eax
        push    byte 0x10
        twist   pop ss
        untwisted pop ds
first:  nop
second: vmcall

contents GDT
        dq      0, CODE_32, FLAT_DATA

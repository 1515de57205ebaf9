; SDM vol. 3, "Masking Exceptions and Interrupts When Switching Stacks".

%include "scenario.inc"
%include "guest.inc"

scenario "MOV SS holds back the breakpoint of the instruction behind it"

        page    CODE, at=0x1000, access=r-x
        event_tables
        open_debug_registers

        expect  vmcall, rip=second
        otherwise exception_or_nmi, vector=VECTOR_DB, rip=first, qualification=BREAKPOINT(0)
        finish

guest CODE

        breakpoint 0, first, ON_EXECUTION(0)
        mov     ecx, 0x10
        twist   mov ss, ecx
        untwisted mov ds, ecx
first:  nop
second: vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA

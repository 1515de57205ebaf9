; SDM vol. 3, "Masking Exceptions and Interrupts When Switching Stacks".

%include "scenario.inc"
%include "guest.inc"

scenario "a data breakpoint of MOV SS itself comes behind the instruction that follows"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x5000, access=rw-
        event_tables
        open_debug_registers

        expect  exception_or_nmi, vector=VECTOR_DB, rip=second, qualification=BREAKPOINT(0)
        otherwise exception_or_nmi, vector=VECTOR_DB, rip=first, qualification=BREAKPOINT(0)
        finish

guest CODE

        breakpoint 0, DATA, ON_ACCESS(0)
        mov     ebx, DATA
        twist   mov ss, [rbx]
        untwisted mov ds, [rbx]
first:  nop
second: vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents DATA
        dw      0x10

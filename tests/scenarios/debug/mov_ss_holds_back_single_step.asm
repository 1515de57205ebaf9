; SDM vol. 3, "Masking Exceptions and Interrupts When Switching Stacks".

%include "scenario.inc"
%include "guest.inc"

scenario "the single step of MOV SS does not come before the instruction that follows has run"

        page    CODE, at=0x1000, access=r-x
        event_tables
        set     rcx, 0x10
        vmcs    GUEST_RFLAGS, set=RFLAGS_TF

        expect  exception_or_nmi, vector=VECTOR_DB, rip=second, qualification=SINGLE_STEP
        otherwise exception_or_nmi, vector=VECTOR_DB, rip=first, qualification=SINGLE_STEP
        finish

guest CODE

        twist   mov ss, ecx
        untwisted mov ds, ecx
first:  nop
second: nop

contents GDT
        dq      0, CODE_64, FLAT_DATA

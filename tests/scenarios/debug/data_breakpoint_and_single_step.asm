; SDM vol. 3, table "Exit Qualification for Debug Exceptions": each cause has its bit.

%include "scenario.inc"
%include "guest.inc"

scenario "a data breakpoint and a single step of one instruction are told by one exit"

        rule_in_part debug_exception_qualification
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-
        open_debug_registers

        expect  vmcall
        vmcs    GUEST_RFLAGS, set=RFLAGS_TF
        resume  at=store
        expect  exception_or_nmi, vector=VECTOR_DB, rip=stored, \
                qualification=SINGLE_STEP|BREAKPOINT(0)
        otherwise exception_or_nmi, vector=VECTOR_DB, rip=stored, qualification=SINGLE_STEP
        finish

guest CODE

        mov     ebx, DATA
        breakpoint 0, DATA, ON_WRITE(0)
        vmcall
store:  twist   mov [rbx], al
        untwisted mov al, [rbx]
stored: hlt

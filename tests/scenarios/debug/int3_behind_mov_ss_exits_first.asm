; The kernels that took INT3 behind MOV SS for a debug exception of their own got it wrong in 2018.
; SDM vol. 3, "Masking Exceptions and Interrupts When Switching Stacks"; "Saving Non-Register State"
; (pending debug exceptions).

%include "scenario.inc"
%include "guest.inc"

scenario "INT3 behind MOV SS exits, and leaves the data breakpoint of MOV SS pending"

        rule    pending_debug_exceptions_saved
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x5000, access=rw-
        event_tables
        open_debug_registers

        expect  exception_or_nmi, vector=VECTOR_BP, rip=first, length=1, \
                GUEST_INTERRUPTIBILITY_STATE=BLOCKING_BY_MOV_SS, \
                GUEST_PENDING_DEBUG_EXCEPTIONS=ENABLED_BREAKPOINT|BREAKPOINT(0)
        otherwise exception_or_nmi, vector=VECTOR_DB, rip=first, qualification=BREAKPOINT(0)
        finish

guest CODE

        breakpoint 0, DATA, ON_ACCESS(0)
        mov     ebx, DATA
        twist   mov ss, [rbx]
        untwisted mov ds, [rbx]
first:  int3

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents DATA
        dw      0x10

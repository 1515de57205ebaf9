; SDM vol. 3, "Saving Non-Register State" (pending debug exceptions): what is held back by MOV SS is
; saved, with bit 12 as the breakpoint was enabled.

%include "scenario.inc"
%include "guest.inc"

scenario "an exit behind MOV SS saves the data breakpoint that MOV SS holds back"

        rule    pending_debug_exceptions_saved
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x5000, access=rw-
        event_tables
        open_debug_registers

        expect  vmcall, rip=first, GUEST_INTERRUPTIBILITY_STATE=BLOCKING_BY_MOV_SS, \
                GUEST_PENDING_DEBUG_EXCEPTIONS=ENABLED_BREAKPOINT|BREAKPOINT(0)
        otherwise vmcall, rip=first, GUEST_INTERRUPTIBILITY_STATE=BLOCKING_BY_MOV_SS, \
                GUEST_PENDING_DEBUG_EXCEPTIONS=0
        finish

guest CODE

        twist   breakpoint 0, DATA, ON_ACCESS(0)
        untwisted breakpoint 0, DATA + 8, ON_ACCESS(0)
        mov     ebx, DATA
        mov     ss, [rbx]
first:  vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents DATA
        dw      0x10

; SDM vol. 3, "Debug Registers" (GD): the delivery clears it, so that the handler can read them.

%include "scenario.inc"
%include "guest.inc"

scenario "a debug exception that the guest takes itself writes DR6 and clears DR7.GD"

        rule_in_part exception_that_exits_changes_nothing
        page    CODE, at=0x1000, access=r-x
        event_tables
        open_debug_registers
        vmcs    GUEST_DR7, set=GENERAL_DETECT
        twist   vmcs EXCEPTION_BITMAP, clear=1 << VECTOR_DB

        expect  vmcall, rip=there, rax=DR6_FIXED|GENERAL_DETECT, rbx=DR7_FIXED
        otherwise exception_or_nmi, vector=VECTOR_DB, rip=first, qualification=GENERAL_DETECT
        holds   STACK+PAGE_SIZE-40, qword=first
        finish

guest CODE

first:  mov     rax, dr6
        hlt
handler:
        mov     rax, dr6
        mov     rbx, dr7
there:  vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_DB, handler

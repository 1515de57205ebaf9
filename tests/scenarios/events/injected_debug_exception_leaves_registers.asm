; SDM vol. 3, "Details of Vectored-Event Injection"; "Debug Registers" (GD).

%include "scenario.inc"
%include "guest.inc"

scenario "an injected debug exception writes neither DR6 nor DR7"

        rule    injection_changes_no_register
        page    CODE, at=0x1000, access=r-x
        event_tables
        open_debug_registers
        vmcs    EXCEPTION_BITMAP, clear=1 << VECTOR_DB
        vmcs    GUEST_DR7, set=GENERAL_DETECT
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, value=HARDWARE_EXCEPTION(VECTOR_DB)

        expect  vmcall, rip=handler, GUEST_DR7=DR7_FIXED|GENERAL_DETECT
        otherwise vmcall, rip=handler, GUEST_DR7=DR7_FIXED
        vmcs    GUEST_DR7, clear=GENERAL_DETECT
        skip
        expect  vmcall, rip=there, rax=DR6_FIXED
        finish

guest CODE

        mov     rax, dr6                ; a debug exception by itself
handler:
        vmcall
        mov     rax, dr6
there:  vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_DB, handler

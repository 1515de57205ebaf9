; SDM vol. 3, "Monitor Trap Flag"; "Saving Non-Register State" (pending debug exceptions).

%include "scenario.inc"
%include "guest.inc"

scenario "the exit of the monitor trap flag keeps a data breakpoint pending"

        rule    monitor_trap_flag_and_debug_exception
        needs   monitor_trap_flag
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x5000, access=rw-
        open_debug_registers

        expect  vmcall
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_monitor_trap_flag
        resume  at=first
        expect  monitor_trap_flag, rip=second, \
                GUEST_PENDING_DEBUG_EXCEPTIONS=ENABLED_BREAKPOINT|BREAKPOINT(1)
        otherwise exception_or_nmi, vector=VECTOR_DB, qualification=BREAKPOINT(1), rip=second
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_monitor_trap_flag
        resume
        expect  exception_or_nmi, vector=VECTOR_DB, qualification=BREAKPOINT(1), rip=second
        finish

guest CODE

        mov     ebx, DATA
        breakpoint 1, DATA, ON_WRITE(1)
        vmcall
first:  mov     [rbx], al
second: nop

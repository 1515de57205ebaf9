; SDM vol. 3, "Monitor Trap Flag"; "Saving Non-Register State" (pending debug exceptions): the exit
; goes before the debug trap, and the guest must not lose it.

%include "scenario.inc"
%include "guest.inc"

scenario "the exit of the monitor trap flag keeps the guest's own single step pending"

        rule    monitor_trap_flag_and_debug_exception, pending_debug_exceptions_saved
        needs   monitor_trap_flag
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_RFLAGS, set=RFLAGS_TF
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_monitor_trap_flag

        expect  monitor_trap_flag, rip=second, GUEST_PENDING_DEBUG_EXCEPTIONS=SINGLE_STEP
        otherwise exception_or_nmi, vector=VECTOR_DB, qualification=SINGLE_STEP, rip=second
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_monitor_trap_flag
        resume
        expect  exception_or_nmi, vector=VECTOR_DB, qualification=SINGLE_STEP, rip=second
        finish

guest CODE

        nop
second: nop

; SDM vol. 3, "Monitor Trap Flag".

%include "scenario.inc"
%include "guest.inc"

%define PORT    0x80                    ; of the firmware's progress, of which nothing depends

scenario "the monitor trap flag exits behind IN and OUT that reach the port"

        rule    monitor_trap_flag_behind
        needs   monitor_trap_flag
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_monitor_trap_flag
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_unconditional_io_exiting

        expect  monitor_trap_flag, rip=second
        otherwise vmcall, rip=done
        resume
        expect  monitor_trap_flag, rip=done
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_monitor_trap_flag
        resume
        expect  vmcall, rip=done
        finish

guest CODE

        out     PORT, al
second: in      al, PORT
done:   vmcall

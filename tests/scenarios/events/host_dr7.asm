; SDM vol. 3, "Loading Host Control Registers, Debug Registers, MSRs".

%include "scenario.inc"

scenario "an exit makes the host's DR7 0x400, whatever the guest had"

        rule    host_debug_registers_loaded
        needs   load_debug_controls
        page    CODE, at=0x1000, access=r-x
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_mov_dr_exiting
        vmcs    ENTRY_CONTROLS, set=VM_ENTRY_load_debug_controls
        twist   vmcs GUEST_DR7, value=0x700

        expect  vmcall, rax=0x700, host_dr7=0x400
        otherwise vmcall, rax=0x400, host_dr7=0x400
        finish

guest CODE

        mov     rax, dr7
        vmcall

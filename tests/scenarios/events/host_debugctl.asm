; SDM vol. 3, "Loading Host Control Registers, Debug Registers, MSRs".

%include "scenario.inc"
%include "kernel/msr.inc"

%define DEBUGCTL_BTF       2

scenario "an exit makes the host's IA32_DEBUGCTL 0, and the guest keeps its own"

        rule    host_debug_registers_loaded
        needs   load_debug_controls
        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_CONTROLS, set=VM_ENTRY_load_debug_controls
        vmcs    EXIT_CONTROLS,  set=VM_EXIT_save_debug_controls
        twist   vmcs GUEST_IA32_DEBUGCTL, value=DEBUGCTL_BTF

        expect  vmcall, GUEST_IA32_DEBUGCTL=DEBUGCTL_BTF
        otherwise vmcall, GUEST_IA32_DEBUGCTL=0
        host_msr IA32_DEBUGCTL, value=0
        finish

guest CODE

        vmcall

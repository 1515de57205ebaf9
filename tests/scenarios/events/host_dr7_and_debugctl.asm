; SDM vol. 3, "Loading Host Control Registers, Debug Registers, MSRs".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

%define DEBUGCTL_BTF       2

scenario "an exit makes the host's DR7 0x400 and its IA32_DEBUGCTL 0, whatever the guest had"

        rule    host_debug_registers_loaded
        needs   load_debug_controls, msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        open_msrs
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_mov_dr_exiting
        vmcs    ENTRY_CONTROLS, set=VM_ENTRY_load_debug_controls
        twist   vmcs GUEST_DR7, value=0x700
        vmcs    GUEST_IA32_DEBUGCTL, value=DEBUGCTL_BTF

        expect  vmcall, rsi=0x700, rax=DEBUGCTL_BTF, host_dr7=0x400
        otherwise vmcall, rsi=0x400, rax=DEBUGCTL_BTF, host_dr7=0x400
        host_msr IA32_DEBUGCTL, value=0
        finish

guest CODE

        mov     rsi, dr7
        read_msr rax, IA32_DEBUGCTL
        vmcall

; SDM vol. 3, "Loading Host Control Registers, Debug Registers, MSRs".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

%define DEBUGCTL_BTF       2

scenario "an exit makes the host's IA32_DEBUGCTL 0, whatever the guest had"

        rule    host_debug_registers_loaded
        needs   load_debug_controls
        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_CONTROLS, set=VM_ENTRY_load_debug_controls
        twist   vmcs GUEST_IA32_DEBUGCTL, value=DEBUGCTL_BTF

        expect  vmcall, rip=CODE
        host_msr IA32_DEBUGCTL, value=0
        set     rflags, RFLAGS_FIXED | RFLAGS_TF
        resume  at=stepped

        expect  vmcall, rip=last        ; the guest's is as it was: only branches are steps
        otherwise exception_or_nmi, vector=1, rip=last
        finish

guest CODE

        vmcall
stepped:
        nop
last:   vmcall

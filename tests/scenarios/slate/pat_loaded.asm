; SDM vol. 3, "Loading Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "VM entry loads the PAT from the guest-state area if the control says so"

        needs   msr_bitmaps, load_pat
        page    CODE, at=0x1000, access=r-x
        open_msrs
        vmcs    ENTRY_CONTROLS, set=VM_ENTRY_load_pat
        vmcs    GUEST_IA32_PAT, value=0x0605040107000106

        expect  vmcall, rbx=0x0605040107000106
        finish

guest CODE

        read_msr rbx, IA32_PAT
        vmcall

; SDM vol. 2, "RDTSCP"; no field of the VMCS belongs to IA32_TSC_AUX.

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "a guest for which WRMSR does not exit changes what RDTSCP reads"

        needs   msr_bitmaps, rdtscp
        page    CODE, at=0x1000, access=r-x
        open_msrs
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_rdtscp

        expect  vmcall, rcx=0x1111
        finish

guest CODE

        write_msr IA32_TSC_AUX, 0x1111
        rdtscp
        vmcall

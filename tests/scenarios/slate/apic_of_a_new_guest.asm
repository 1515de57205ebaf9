; SDM vol. 3, "Local APIC Status and Location".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

%define X2APIC          (1 << 10)

scenario "a guest starts with the local APIC where a reset puts it"

        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        open_msrs

        expect  vmcall, rbx=0xfee00900|X2APIC?  ; enabled, on the bootstrap processor
        finish

guest CODE

        read_msr rbx, IA32_APIC_BASE
        vmcall

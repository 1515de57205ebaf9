; SDM vol. 3, "Virtualizing MSR-Based APIC Accesses".

%include "scenario.inc"
%include "guest.inc"
%include "apic.inc"

scenario "RDMSR of the TPR reads the virtual TPR where x2APIC mode is virtualized"

        rule    x2apic_virtualization
        needs   tpr_shadow, x2apic_virtualization, msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        virtual_apic
        open_msrs
        twist   vmcs SECONDARY_CONTROLS, set=SECONDARY_virtualize_x2apic_mode
        untwisted vmcs PRIMARY_CONTROLS, clear=PRIMARY_use_msr_bitmaps

        expect  vmcall, rax=0x5a, rdx=0x1234
        otherwise rdmsr, rcx=0x808
        finish

guest CODE

        mov     ecx, 0x800 + TPR / 16
        rdmsr
        vmcall

contents VIRTUAL
        times TPR db 0
        dd      0x5a, 0x1234

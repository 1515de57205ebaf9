; SDM vol. 2, "RDTSCP--Read Time-Stamp Counter and Processor ID"; vol. 3, "Changes to Instruction
; Behavior in VMX Non-Root Operation".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "RDTSCP adds the TSC offset to the counter and nothing to IA32_TSC_AUX"

        rule_in_part tsc_offset
        needs   tsc_offsetting, msr_bitmaps, rdtscp
        page    CODE, at=0x1000, access=r-x
        open_msrs
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_rdtscp
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_use_tsc_offsetting
        vmcs    TSC_OFFSET, value=1 << 62

        expect  vmcall, rdx=0x40000000|0xffffff?, rcx=0x1234
        otherwise vmcall, rdx=0|0xffffff?, rcx=0x1234
        finish

guest CODE

        write_msr IA32_TSC_AUX, 0x1234
        rdtscp
        vmcall

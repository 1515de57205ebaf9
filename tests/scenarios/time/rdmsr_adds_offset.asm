; A counter that runs from the machine's start does not reach bit 62.
; SDM vol. 3, "Changes to Instruction Behavior in VMX Non-Root Operation" (RDMSR).

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "RDMSR of the time-stamp counter adds the TSC offset"

        rule_in_part tsc_offset
        needs   tsc_offsetting, msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        open_msrs
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_use_tsc_offsetting
        vmcs    TSC_OFFSET, value=1 << 62

        expect  vmcall, rdx=0x40000000|0xffffff?
        otherwise vmcall, rdx=0|0xffffff?
        finish

guest CODE

        mov     ecx, IA32_TSC
        rdmsr
        vmcall

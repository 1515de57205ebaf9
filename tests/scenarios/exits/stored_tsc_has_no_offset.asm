; The offset has set bit 62 of the counter that the guest reads.
; SDM vol. 3, "Saving MSRs"; "Changes to Instruction Behavior in VMX Non-Root Operation".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "the time-stamp counter that a VM exit stores has no TSC offset"

        rule_in_part stored_tsc_is_the_host_s
        needs   tsc_offsetting
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=r--
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_use_tsc_offsetting
        vmcs    TSC_OFFSET, value=1 << 62
        vmcs    EXIT_MSR_STORE_ADDRESS, page=LIST
        twist   vmcs EXIT_MSR_STORE_COUNT, value=1

        expect  vmcall
        skip
        expect  vmcall, r8=0, r9=1
        otherwise vmcall, r8=1, r9=1
        finish

guest CODE

        vmcall
        mov     r8, [LIST + 8]
        shr     r8, 62
        rdtsc
        mov     r9, rdx
        shr     r9, 30
        vmcall

contents LIST
        dd      IA32_TSC, 0
        dq      1 << 62

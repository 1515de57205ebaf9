; The multiplier, with 48 bits behind the point, is so small that nothing is left of the counter.
; If the offset were multiplied as well, nothing would be left of it either.
; SDM vol. 3, "Changes to Instruction Behavior in VMX Non-Root Operation" (RDTSC).

%include "scenario.inc"

scenario "RDTSC multiplies by the TSC multiplier before it adds the TSC offset"

        rule_in_part tsc_scaling
        needs   tsc_offsetting, tsc_scaling
        page    CODE, at=0x1000, access=r-x
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_use_tsc_offsetting
        twist   vmcs SECONDARY_CONTROLS, set=SECONDARY_use_tsc_scaling
        vmcs    TSC_MULTIPLIER, value=1
        vmcs    TSC_OFFSET, value=0x1234567800000000

        expect  vmcall, rbx=0, rdx=0x12345678
        otherwise vmcall, rbx=1, rdx=0x12345678|0xffffff?
        finish

guest CODE

        rdtsc
        shr     eax, 8                  ; of 2^48 ticks, which take days, 0 is left
        cmp     eax, 1
        sbb     ebx, ebx
        inc     ebx                     ; whether EAX is not 0
        vmcall

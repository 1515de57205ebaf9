%include "scenario.inc"

scenario "a rule that a scenario cannot claim is an error that says why"

        page    CODE, at=0x1000, access=r-x
        rule
        rule_in_part
        rule    cpuid_exit
        rule    cpuid_exits, hlt_exits
        rule_in_part hlt_exits
        rule    quite_another_matter, debug_exception_qualificatoin, vm
        twist rule rdtsc_exits
        expect  vmcall
        rule    rdtsc_exits
        finish

guest CODE
        rule    rdtsc_exits
        vmcall

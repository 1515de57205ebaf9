%include "scenario.inc"

twist   vmcs    GUEST_RIP, value=0
scenario "a twist that cannot be one is an error that says why"

        page    CODE, at=0x1000, access=r-x
        otherwise vmcall
        repeat  5
        untwisted set rbx, 5
        twist
        twist   set     rbx
        twist   expect  vmcall
        untwisted
        untwisted finish
        expect  vmcall
        otherwise cpuid
        skip
        end_repeat
        expect  vmcall
        set     rax, 5
        otherwise cpuid
        twist   otherwise cpuid
        skip
        expect  vmcall
        otherwise vmcal, gpa=5, colour=red
        otherwise cpuid
        skip
        otherwise vmcall
        expect  vmcall
        otherwise vmcall
        finish
        twist   guest CODE

guest CODE
        twist   skip
        untwisted contents CODE
        otherwise vmcall
        vmcall

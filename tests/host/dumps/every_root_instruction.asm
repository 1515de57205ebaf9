; Each instruction that `root` takes; tests/host/language.t compares what the loader sees of it.

%include "scenario.inc"

scenario "every instruction of the host"

        region  VMCS
        page    DATA, at=0x5000, access=---
        enter_root_operation

        make_current VMCS
        root    vmxon VMXON_REGION + 8, set=BEYOND_WIDTH | 1 << 63, outcome=GP
        root    vmclear DATA + 0xfff, outcome=UD
        root    vmptrld VMCS, set=1 << 52, outcome=VMfailInvalid
        root    vmptrst
        root    vmptrst, stores=DATA
        root    vmptrst, stores=nothing
        root    vmread GUEST_RIP
        root    vmread vmcs_field_HOST_RIP + 1, value=5|2?
        root    vmwrite HOST_RIP, value=-1
        root    vmlaunch, outcome=VMfailValid, error=7
        root    vmresume, outcome=VMfailValid, error=28
        root    vmcall
        root    vmfunc
        root    invept single, eptp=0x1e, reserved=1
        root    invept 255
        root    invvpid address, vpid=0xffff, reserved=1 << 16, linear=5
        root    cr0, set=1 << 5, clear=1 << 3
        root    cr4, clear=1 << 13
        root    rdmsr 0x3a, value=5|~5?
        root    revision DATA + 0xffc, invert=1 << 31
        twist   root vmxoff
        root    vmptrst, outcome=UD
        otherwise stores=VMCS
        finish

contents DATA
        dd      5

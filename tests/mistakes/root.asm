%include "scenario.inc"

scenario "an instruction of the host that cannot be is an error that says why"

        region
        region  VMCS
        region  VMCS
        make_current
        root
        root    vmxn VMCS
        root    vmxon
        root    vmxon VMCS, outcome=succeeds
        root    vmxon VMCS, error=5
        root    vmxon VMCS, outcome=VMfailValid
        root    vmxon VMCS, outcome=VMfailValid, error=29
        root    vmxon VMCS, set=1 << 12
        root    vmxon VMCS, colour=red
        root    vmxoff VMCS
        root    vmptrst, stores=VMC
        root    vmread GUEST_RPI
        root    vmwrite GUEST_RIP, 5
        root    invept every
        root    invept 256
        root    invvpid single, vpid=1 << 16
        root    cr0, clear=1 << 31
        root    cr4, set=1 << 5
        root    revision VMCS, invert=1 << 32
        region  OTHER
        set     rax, 5
        expect  vmcall
        enter_root_operation
        otherwise
        otherwise outcome=UD, colour=red
        otherwise outcome=GP
        finish
        root    vmxoff

contents VMCS
        root    vmxoff
guest VMCS

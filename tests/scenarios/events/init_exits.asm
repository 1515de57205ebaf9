; VMX root operation blocks INIT, so the signal waits for the VM entry. SDM vol. 3, "Other Causes
; of VM Exits".

%include "scenario.inc"

scenario "an INIT signal that is pending at VM entry exits once, and the guest goes on as it was"

        rule    init_exits
        rule_in_part vmxon_enters_vmx_operation
        page    CODE, at=0x1000, access=r-x
        set     rax, 7
        twist   init

        expect  init, rip=CODE, rax=7
        otherwise vmcall
        resume
        expect  vmcall, rax=7
        finish

guest CODE

        vmcall

; SDM vol. 3, "VM Entries"; "VM-Instruction Error Numbers".

%include "scenario.inc"

scenario "a VM whose host state was refused can be entered once it is put right"

        rule    refused_host_state_leaves_all, vmlaunch_checks_controls_and_host_state
        rule_in_part host_cr4_bits_that_must_be_1
        page    CODE, at=0x1000, access=r-x
        twist   vmcs HOST_CR4, clear=1 << 13

        expect  refused_host_state, VM_INSTRUCTION_ERROR=8
        vmcs    HOST_CR4, set=1 << 13
        resume

        expect  vmcall, rip=start
        finish

guest CODE

start:  vmcall

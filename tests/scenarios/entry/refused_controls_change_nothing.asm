; A refused VM entry ends nothing.  Once the controls are put right, the same VMCS can be entered,
; and the guest starts where it was to start.
; SDM vol. 3, "VM Entries"; "VMX Instruction Reference" (VMLAUNCH/VMRESUME).

%include "scenario.inc"

scenario "a VM whose controls were refused can be entered once they are put right"

        rule    refused_controls_leave_all, vmlaunch_checks_controls_and_host_state
        rule_in_part cr3_target_count
        page    CODE, at=0x1000, access=r-x
        twist   vmcs CR3_TARGET_COUNT, value=257

        expect  refused_controls, VM_INSTRUCTION_ERROR=7
        vmcs    CR3_TARGET_COUNT, value=0
        resume

        expect  vmcall, rip=start, rax=0
        finish

guest CODE

start:  vmcall

; An entry that fails at the guest state is a VM exit, with bit 31 of the exit reason set.  It does
; not make the VMCS a launched one.
; SDM vol. 3, "VM-Entry Failures During or After Loading Guest State".

%include "scenario.inc"

scenario "a VM whose guest state was refused can be entered once it is put right"

        rule    failed_entry_reason, vmlaunch_fails_behind_the_host_state
        rule_in_part failed_entry_leaves_the_guest, rflags_without_bit_1
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_RFLAGS, value=0

        expect  invalid_guest_state, EXIT_REASON=0x80000021, rflags=0, rip=start
        vmcs    GUEST_RFLAGS, value=2
        resume

        expect  vmcall, rip=start, EXIT_REASON=18
        finish

guest CODE

start:  vmcall

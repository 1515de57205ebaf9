; VMCALL needs no privilege, HLT does.
; SDM vol. 3, "Relative Priority of Faults and VM Exits"; vol. 3, "VMX Instruction Reference"
; (VMCALL).

%include "scenario.inc"
%include "guest.inc"

scenario "VMCALL exits from privilege level 3, where HLT is a general-protection fault"

        rule    vmcall_exits
        rule_in_part faults_before_exits, vmcall_in_non_root_operation
        page    CODE, at=0x1000, access=r-x
        twist   user_mode

        expect  vmcall, rip=call
        skip
        expect  exception_or_nmi, vector=13, error=0, rip=rest
        otherwise hlt, rip=rest
        finish

guest CODE

call:   vmcall
rest:   hlt

; VMCALL needs no privilege, HLT does.  The segments CS and SS say that the guest starts at
; privilege level 3.
; SDM vol. 3, "Relative Priority of Faults and VM Exits"; vol. 3, "VMX Instruction Reference"
; (VMCALL).

%include "scenario.inc"

%define DPL_3   0x60                    ; of access rights

scenario "VMCALL exits from privilege level 3, where HLT is a general-protection fault"

        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_CS_SELECTOR, set=3
        vmcs    GUEST_SS_SELECTOR, set=3
        vmcs    GUEST_CS_ACCESS_RIGHTS, set=DPL_3
        vmcs    GUEST_SS_ACCESS_RIGHTS, set=DPL_3

        expect  vmcall, rip=call
        skip
        expect  exception_or_nmi, vector=13, error=0, rip=rest
        finish

guest CODE

call:   vmcall
rest:   hlt

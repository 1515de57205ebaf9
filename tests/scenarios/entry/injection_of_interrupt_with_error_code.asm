; SDM vol. 3, "VM-Entry Control Fields".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VM entry refuses the injection of an interrupt with an error code"

        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=0x80000830

        expect  refused_controls
        finish

guest CODE

never:  hlt

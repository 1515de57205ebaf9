; SDM vol. 3, "Interruptibility State".

%include "scenario.inc"
%include "guest.inc"

%define BLOCKING_BY_MOV_SS 2               ; of the interruptibility state

scenario "a pending NMI exits one instruction later if it is blocked by MOV SS"

        rule    nmi_exits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_INTERRUPTIBILITY_STATE, value=BLOCKING_BY_MOV_SS
        nmi

        expect  exception_or_nmi, EXIT_INTERRUPTION_INFORMATION=NMI, rip=behind
        otherwise exception_or_nmi, EXIT_INTERRUPTION_INFORMATION=NMI, rip=CODE
        finish

guest CODE

        nop
behind: nop
        vmcall

; SDM vol. 3, "Other Causes of VM Exits"; "Interruptibility State".

%include "scenario.inc"
%include "guest.inc"

scenario "an NMI that is pending at VM entry exits before the first instruction"

        rule    nmi_exits
        page    CODE, at=0x1000, access=r-x
        twist   nmi

        expect  exception_or_nmi, EXIT_INTERRUPTION_INFORMATION=NMI, rip=CODE
        otherwise vmcall
        finish

guest CODE

        vmcall

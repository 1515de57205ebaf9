; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (WBINVD exiting).

%include "scenario.inc"

scenario "WBINVD exits"

        rule_in_part wbinvd_exits
        needs   wbinvd_exiting
        page    CODE, at=0x1000, access=r-x
        twist   vmcs SECONDARY_CONTROLS, set=SECONDARY_wbinvd_exiting
        untwisted vmcs SECONDARY_CONTROLS, clear=SECONDARY_wbinvd_exiting

        expect  wbinvd, rip=flush, length=2, qualification=0
        otherwise vmcall
        skip

        expect  vmcall
        finish

guest CODE

flush:  wbinvd
        vmcall

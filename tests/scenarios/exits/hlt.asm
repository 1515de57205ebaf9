; Without the control the guest halts.  The window for an NMI, which opens behind HLT, wakes it.
; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (HLT exiting); "Other Causes of VM
; Exits" (NMI-window exiting).

%include "scenario.inc"

%define BLOCKING_BY_MOV_SS      2

scenario "HLT exits, and the guest goes on behind it when it is skipped"

        rule_in_part hlt_exits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_hlt_exiting
        untwisted vmcs PRIMARY_CONTROLS, clear=PRIMARY_hlt_exiting
        untwisted needs virtual_nmis
        untwisted vmcs PIN_BASED_CONTROLS, set=PIN_BASED_virtual_nmis
        untwisted vmcs PRIMARY_CONTROLS, set=PRIMARY_nmi_window_exiting
        untwisted vmcs GUEST_INTERRUPTIBILITY_STATE, value=BLOCKING_BY_MOV_SS

        expect  hlt, rip=rest, length=1, qualification=0
        otherwise nmi_window, rip=rest+1
        skip

        expect  vmcall
        finish

guest CODE

rest:   hlt
        vmcall

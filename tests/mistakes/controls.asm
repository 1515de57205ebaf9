%include "scenario.inc"

scenario "a control is set in the field that it is a control of"

        page    CODE, at=0x1000, access=r-x
        vmcs    PRIMARY_CONTROLS, set=SECONDARY_enable_vpid
        vmcs    ENTRY_CONTROLS, clear=VM_ENTRY_load_pat | VM_EXIT_load_pat
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vipd
        vmcs    SECONDARY_CONTROLS, value=SECONDARY_enable_vpid | 1 << 3
        expect  vmcall
        finish

guest CODE
        vmcall

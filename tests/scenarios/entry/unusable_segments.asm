; A data segment is unusable after the guest has loaded selector 0.  Nothing else of it is checked.
; SDM vol. 3, "Checks on Guest Segment Registers" (unusable).

%include "scenario.inc"

%define UNUSABLE        (1 << 16)

scenario "VM entry takes unusable data segments whatever their base and limit"

        rule_in_part unusable_segments_are_not_checked
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_DS_LIMIT, value=0x12345678
        vmcs    GUEST_ES_BASE,  value=1 << 32
        twist   vmcs GUEST_DS_ACCESS_RIGHTS, value=UNUSABLE
        twist   vmcs GUEST_ES_ACCESS_RIGHTS, value=UNUSABLE

        expect  vmcall, GUEST_DS_ACCESS_RIGHTS=UNUSABLE|~UNUSABLE?
        otherwise invalid_guest_state, qualification=0
        finish

guest CODE

        vmcall

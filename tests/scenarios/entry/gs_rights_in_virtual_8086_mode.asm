; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses access rights of a guest GS in virtual-8086 mode that are not 0xf3"

        rule_in_part gs_rights_in_virtual_8086_mode
        page    CODE, at=0x1000, access=r-x
        virtual_8086_mode
        twist   vmcs GUEST_GS_ACCESS_RIGHTS, value=0x93

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE, mode=pae

never:  hlt

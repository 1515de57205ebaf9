; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses a guest ES base in virtual-8086 mode that is not 16 times the selector"

        rule_in_part es_base_in_virtual_8086_mode
        page    CODE, at=0x1000, access=r-x
        virtual_8086_mode
        twist   vmcs GUEST_ES_SELECTOR, value=1

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE, mode=pae

never:  hlt

; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses a guest FS limit in virtual-8086 mode that is not 64 KiB"

        rule_in_part fs_limit_in_virtual_8086_mode
        page    CODE, at=0x1000, access=r-x
        virtual_8086_mode
        twist   vmcs GUEST_FS_LIMIT, value=0xfffff

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE, mode=pae

never:  hlt

; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest FS that is code and cannot be read"

        rule    fs_code_not_readable
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_FS_ACCESS_RIGHTS, value=0xc099

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt

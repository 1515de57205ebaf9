; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest DS limit in pages whose lower 12 bits are not all 1"

        rule_in_part ds_limit_low_with_granularity
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_DS_LIMIT, value=0xfffff000

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt

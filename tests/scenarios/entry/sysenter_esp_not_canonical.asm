; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"

scenario "VM entry refuses a guest IA32_SYSENTER_ESP that is not canonical"

        rule    sysenter_esp_not_canonical
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_IA32_SYSENTER_ESP, value=1 << 63

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt

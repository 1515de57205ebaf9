; SDM vol. 3, "Checks on Host Control Registers, MSRs, and SSP".

%include "scenario.inc"

scenario "VM entry refuses a host IA32_SYSENTER_ESP that is not canonical"

        rule    host_ia32_sysenter_esp_not_canonical
        page    CODE, at=0x1000, access=r-x
        twist   vmcs HOST_IA32_SYSENTER_ESP, value=1 << 63

        expect  refused_host_state
        finish

guest CODE

never:  hlt

; The last byte of the list is beyond it as well, which is another rule.  No list breaks this one
; alone.
; SDM vol. 3, "VM-Entry Control Fields".

%include "scenario.inc"
%include "kernel/msr.inc"

scenario "VM entry refuses a list of the MSRs to load on VM entry beyond the physical width"

        rule_in_part entry_msr_load_beyond_width
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---
        vmcs    ENTRY_MSR_LOAD_COUNT,   value=1
        vmcs    ENTRY_MSR_LOAD_ADDRESS, page=LIST
        twist   vmcs ENTRY_MSR_LOAD_ADDRESS, set=1 << 52

        expect  refused_controls
        finish

guest CODE

never:  hlt

contents LIST
        dd      IA32_SYSENTER_CS, 0
        dq      0                               ; the value

; Descriptor-table exiting is off, so LGDT does not exit, and its read is an access like any other.
; SDM vol. 3, "EPT Violations"; vol. 2, "LGDT/LIDT--Load Global/Interrupt Descriptor Table
; Register".

%include "scenario.inc"

scenario "LGDT traps where its operand is absent, and loads once it is there"

        rule_in_part descriptor_tables_saved
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=---
        vmcs    SECONDARY_CONTROLS, clear=SECONDARY_descriptor_table_exiting

        expect  ept_violation, gpa=DATA+8|0xf?, access=read, allowed=---, rip=load, \
                GUEST_GDTR_BASE=0, GUEST_GDTR_LIMIT=0
        remap   DATA, access=r--
        resume
        expect  vmcall, GUEST_GDTR_BASE=0x123456, GUEST_GDTR_LIMIT=0x7f
        finish

guest CODE

load:   lgdt    [DATA + 8]
        vmcall

contents DATA
        dq      0
        dw      0x7f
        dq      0x123456

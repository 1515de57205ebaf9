; In 32-bit mode the operand is a limit of 16 bits and a base of 32 bits.
; SDM vol. 3, "EPT Violations"; vol. 2, "LGDT/LIDT--Load Global/Interrupt Descriptor Table
; Register".

%include "scenario.inc"

scenario "LIDT across two pages traps where the second is absent, and loads once it is there"

        rule_in_part descriptor_tables_saved
        page    CODE,   at=0x1000, access=r-x
        page    FIRST,  at=0x2000, access=r--
        page    SECOND, at=0x3000, access=---
        vmcs    SECONDARY_CONTROLS, clear=SECONDARY_descriptor_table_exiting

        expect  ept_violation, gpa=SECOND, access=read, allowed=---, rip=load, \
                GUEST_IDTR_BASE=0, GUEST_IDTR_LIMIT=0
        remap   SECOND, access=r--
        resume
        expect  vmcall, GUEST_IDTR_BASE=0x123456, GUEST_IDTR_LIMIT=0x7f
        finish

guest CODE, mode=paging32

load:   lidt    [FIRST + 0xffe]
        vmcall

contents FIRST
        times 0xffe db 0
        dw      0x7f
contents SECOND
        dd      0x123456

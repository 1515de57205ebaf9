; In 64-bit mode the descriptor of a local descriptor table has 16 bytes.
; SDM vol. 3, "EPT Violations"; vol. 2, "LLDT--Load Local Descriptor Table Register".

%include "scenario.inc"
%include "guest.inc"

scenario "LLDT traps where the GDT is absent, and loads once it is there"

        page    CODE, at=0x1000, access=r-x
        page    GDT,  at=0x2000, access=---
        vmcs    SECONDARY_CONTROLS, clear=SECONDARY_descriptor_table_exiting
        vmcs    GUEST_GDTR_BASE,  value=GDT
        vmcs    GUEST_GDTR_LIMIT, value=0x1f

        expect  ept_violation, gpa=GDT+0x10|0xf?, access=read, allowed=---, rip=load, \
                GUEST_LDTR_SELECTOR=0
        remap   GDT, access=r--
        resume
        expect  vmcall, GUEST_LDTR_SELECTOR=0x10, GUEST_LDTR_BASE=0x5000, GUEST_LDTR_LIMIT=0x27
        finish

guest CODE

        mov     eax, 0x10
load:   lldt    ax
        vmcall

contents GDT
        dq      0, CODE_64
        dd      0x50000027, SYSTEM_LDT, 0, 0

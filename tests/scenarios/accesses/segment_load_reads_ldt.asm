; SDM vol. 3, "Segment Selectors"; "EPT Violations".

%include "scenario.inc"
%include "guest.inc"

scenario "loading a segment register from the LDT traps where the LDT is absent"

        page    CODE,  at=0x1000, access=r-x
        page    LOCAL, at=0x2000, access=---
        vmcs    GUEST_LDTR_SELECTOR, value=0x20
        vmcs    GUEST_LDTR_BASE,     value=LOCAL
        vmcs    GUEST_LDTR_LIMIT,    value=0x0f
        vmcs    GUEST_LDTR_ACCESS_RIGHTS, value=0x82

        expect  ept_violation, gpa=LOCAL+8|7?, access=read, allowed=---, rip=load
        remap   LOCAL, access=r--
        resume
        expect  vmcall, GUEST_FS_SELECTOR=0xc
        finish

guest CODE

        mov     eax, 0xc                ; entry 1 of the LDT
load:   mov     fs, eax
        vmcall

contents LOCAL
        dq      0, FLAT_DATA

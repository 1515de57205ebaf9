; SDM vol. 3, "EPT Violations"; vol. 2, "MOV--Move".

%include "scenario.inc"
%include "guest.inc"

scenario "loading a segment register traps where the GDT is absent"

        page    CODE, at=0x1000, access=r-x
        page    GDT,  at=0x2000, access=---
        vmcs    GUEST_GDTR_BASE,  value=GDT
        vmcs    GUEST_GDTR_LIMIT, value=0x1f

        expect  ept_violation, gpa=GDT+0x18|7?, access=read, allowed=---, rip=load, \
                GUEST_FS_SELECTOR=0x10, IDT_VECTORING_INFORMATION=NO_EVENT
        remap   GDT, access=r--
        resume
        expect  vmcall, GUEST_FS_SELECTOR=0x18
        finish

guest CODE

        mov     eax, 0x18
load:   mov     fs, eax
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA, FLAT_DATA

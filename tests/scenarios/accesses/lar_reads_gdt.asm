; LAR only asks about a descriptor, but it has to read it.
; SDM vol. 3, "EPT Violations"; vol. 2, "LAR--Load Access Rights Byte".

%include "scenario.inc"
%include "guest.inc"

scenario "LAR traps where the GDT is absent, and answers once it is there"

        page    CODE, at=0x1000, access=r-x
        page    GDT,  at=0x2000, access=---
        vmcs    GUEST_GDTR_BASE,  value=GDT
        vmcs    GUEST_GDTR_LIMIT, value=0x1f

        expect  ept_violation, gpa=GDT+0x18|7?, access=read, allowed=---, rip=ask
        remap   GDT, access=r--
        resume
        expect  vmcall, rax=FLAT_DATA>>32 & 0xf0ff00|0xf0000?
        finish

guest CODE

        mov     ebx, 0x18
ask:    lar     eax, ebx
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA, FLAT_DATA

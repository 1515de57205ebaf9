; SDM vol. 3, "EPT Violations"; vol. 2, "RET--Return From Procedure" (far returns).

%include "scenario.inc"
%include "guest.inc"

scenario "a far return traps where the GDT is absent, and the stack pointer stays"

        page    CODE,  at=0x1000, access=r-x
        page    GDT,   at=0x2000, access=---
        page    STACK, at=0x4000, access=r--
        set     rsp, STACK
        vmcs    GUEST_GDTR_BASE,  value=GDT
        vmcs    GUEST_GDTR_LIMIT, value=0x1f

        expect  ept_violation, gpa=GDT+0x18|7?, access=read, allowed=---, rip=back, rsp=STACK, \
                GUEST_CS_SELECTOR=8
        remap   GDT, access=r--
        resume
        expect  vmcall, rip=there, rsp=STACK+16, GUEST_CS_SELECTOR=0x18
        finish

guest CODE

back:   retfq
there:  vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA, CODE_64
contents STACK
        dq      there, 0x18

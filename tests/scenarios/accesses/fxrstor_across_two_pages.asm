; SDM vol. 2, "FXRSTOR--Restore x87 FPU, MMX, XMM, and MXCSR State"; vol. 3, "EPT Violations".

%include "scenario.inc"
%include "guest.inc"

%define AREA    FIRST + 0x1000 - 0xa0 - 2 * 16

scenario "FXRSTOR across two pages traps at the absent one, and restores once it is there"

        page    CODE,   at=0x1000, access=r-x
        page    FIRST,  at=0x2000, access=r--
        page    SECOND, at=0x3000, access=---
        vmcs    GUEST_CR4, set=CR4_OSFXSR

        expect  ept_violation, gpa=SECOND|0xfff?, access=read, allowed=---, rip=restore
        remap   SECOND, access=r--
        resume
        expect  vmcall, rax=0x1122334455667788
        finish

guest CODE

restore:
        fxrstor64 [AREA]
        movq    rax, xmm2
        vmcall

contents FIRST
        times 0x1000 - 0xa0 - 2 * 16 db 0
        dw      0x37f, 0
        times 20 db 0
        dd      0x1f80, 0xffff          ; MXCSR and its mask
contents SECOND
        dq      0x1122334455667788

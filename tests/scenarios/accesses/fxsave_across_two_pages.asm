; Of the 512 bytes XMM2 is the first register that is stored in the second page.
; SDM vol. 2, "FXSAVE--Save x87 FPU, MMX Technology, and SSE State"; vol. 3, "EPT Violations".

%include "scenario.inc"
%include "guest.inc"

%define AREA    FIRST + 0x1000 - 0xa0 - 2 * 16

scenario "FXSAVE across two pages traps at the absent one, and saves once it is there"

        page    CODE,   at=0x1000, access=r-x
        page    FIRST,  at=0x2000, access=rw-
        page    SECOND, at=0x3000, access=---
        vmcs    GUEST_CR4, set=CR4_OSFXSR

        expect  ept_violation, gpa=SECOND|0xfff?, access=write, allowed=---, rip=save
        remap   SECOND, access=rw-
        resume
        expect  vmcall
        holds   AREA,   word=0x37f
        holds   SECOND, qword=0x1122334455667788
        finish

guest CODE

        fninit
        mov     rax, 0x1122334455667788
        movq    xmm2, rax
save:   fxsave64 [AREA]
        vmcall

contents SECOND
        times 512 db 0xcc

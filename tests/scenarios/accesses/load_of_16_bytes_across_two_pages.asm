; SDM vol. 3, "EPT Violations"; vol. 2, "MOVDQU, VMOVDQU8/16/32/64--Move Unaligned Packed Integer
; Values".

%include "scenario.inc"
%include "guest.inc"

scenario "an unaligned load of 16 bytes across two pages traps at the absent one"

        page    CODE,   at=0x1000, access=r-x
        page    FIRST,  at=0x2000, access=r--
        page    SECOND, at=0x3000, access=---
        vmcs    GUEST_CR4, set=CR4_OSFXSR

        expect  ept_violation, gpa=SECOND, access=read, allowed=---, rip=load
        remap   SECOND, access=r--
        resume
        expect  vmcall, rax=0x11
        finish

guest CODE

load:   movdqu  xmm0, [FIRST + 0xff8]
        psrldq  xmm0, 8
        movq    rax, xmm0
        vmcall

contents SECOND
        dq      0x11

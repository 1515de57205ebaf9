; SDM vol. 1, "FXSAVE Area"; a VM exit neither saves nor loads this state.

%include "scenario.inc"
%include "guest.inc"

scenario "a guest changes the control words and registers of x87, MMX and SSE"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-
        vmcs    GUEST_CR4, set=CR4_OSFXSR

        expect  vmcall
        holds   SAVED, word=0x27f
        holds   SAVED + 24, dword=0x9f80
        %assign number 0
        %rep 8
        holds   SAVED + 32 + 16 * number, qword=0x1111
        %assign number number + 1
        %endrep
        %assign number 0
        %rep 16
        holds   SAVED + 160 + 16 * number, qword=0x1111
        %assign number number + 1
        %endrep
        finish

SAVED   equ     DATA + 0x100

guest CODE

        mov     eax, 0x1111
        mov     dword [DATA], 0x27f             ; double precision
        fldcw   [DATA]
        mov     dword [DATA], 0x9f80            ; flush to zero
        ldmxcsr [DATA]
        %assign number 0
        %rep 8
        movq    mm %+ number, rax
        %assign number number + 1
        %endrep
        %assign number 0
        %rep 16
        movq    xmm %+ number, rax
        %assign number number + 1
        %endrep
        fxsave64 [SAVED]
        vmcall

contents DATA

; SDM vol. 3, "Processor State After Reset"; vol. 1, "FXSAVE Area".

%include "scenario.inc"
%include "guest.inc"

scenario "a guest starts with x87, MMX and SSE as after FNINIT and with 0 in all their registers"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-
        vmcs    GUEST_CR4, set=CR4_OSFXSR

        expect  vmcall
        holds   DATA, dword=0x37f               ; control and status word
        holds   DATA + 4, byte=0                ; tags: all empty
        holds   DATA + 24, dword=0x1f80         ; MXCSR
        %assign register 0
        %rep 8 + 16                             ; ST0 or MM0 to ST7, XMM0 to XMM15
        holds   DATA + 32 + 16 * register, qword=0
        holds   DATA + 40 + 16 * register, qword=0
        %assign register register + 1
        %endrep
        finish

guest CODE

        fxsave64 [DATA]
        vmcall

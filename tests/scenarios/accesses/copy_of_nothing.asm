; SDM vol. 2, "REP/REPE/REPZ/REPNE/REPNZ--Repeat String Operation Prefix".

%include "scenario.inc"

scenario "a repeated copy with a count of 0 touches neither of its absent pages"

        page    CODE, at=0x1000, access=r-x

        expect  vmcall, rcx=0, rsi=0x2000, rdi=0x3000
        finish

guest CODE

        mov     esi, 0x2000
        mov     edi, 0x3000
        mov     ecx, 0
        rep movsb
        vmcall

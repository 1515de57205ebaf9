; SDM vol. 3, "EPT Translation Mechanism".

%include "scenario.inc"

scenario "a guest starts with 0 in all memory that the scenario does not fill"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=r--

        expect  vmcall, rcx=0, rflags=RFLAGS_EQUAL
        finish

RFLAGS_EQUAL    equ     0x46                    ; the last comparison: ZF, PF and bit 1

guest CODE

        mov     edi, DATA
        mov     ecx, PAGE_SIZE / 8
        repe scasq
        vmcall

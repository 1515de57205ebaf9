; Bit 6 of the EPTP is 0, so the processor ignores bits 8 and 9 of the entries and never sets them.
; SDM vol. 3, "Accessed and Dirty Flags for EPT".

%include "scenario.inc"

scenario "no accessed or dirty flag is set unless the EPTP enables them"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-

        expect  vmcall
        flags   CODE, none
        flags   DATA, none
        holds   DATA, dword=1
        finish

guest CODE

        inc     dword [DATA]
        vmcall

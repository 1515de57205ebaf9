; An entry that is not present cannot be misconfigured: the processor ignores its other bits.
; SDM vol. 3, "EPT Violations", "EPT Misconfigurations".

%include "scenario.inc"

scenario "an EPT entry that is not present is a violation whatever its other bits are"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=---, type=7, entry_bits=1 << 51

        expect  ept_violation, gpa=DATA, access=read, allowed=---, rip=load
        finish

guest CODE

load:   mov     rax, [DATA]

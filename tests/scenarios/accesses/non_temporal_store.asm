; SDM vol. 2, "MOVNTI--Store Doubleword Using Non-Temporal Hint"; vol. 3, "EPT Violations".

%include "scenario.inc"

scenario "a non-temporal store to a read-only page traps like any other"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=r--

        expect  ept_violation, gpa=DATA+8, access=write, allowed=r--, rip=store
        remap   DATA, access=rw-
        resume
        expect  vmcall
        holds   DATA+8, qword=0x77
        finish

guest CODE

        mov     eax, 0x77
store:  movnti  [DATA + 8], rax
        sfence
        vmcall

; The number of the bit is a signed register, so the bit may be far from the operand's address.
; SDM vol. 1, "Bit and Bit-String Data Types"; vol. 2, "BTS--Bit Test and Set".

%include "scenario.inc"

scenario "BTS traps in the page where the bit is, not where its operand points to"

        page    CODE,  at=0x1000, access=r-x
        page    BELOW, at=0x2000, access=r--

        expect  ept_violation, gpa=BELOW, access=write|read?, allowed=r--, rip=change
        remap   BELOW, access=rw-
        resume
        expect  vmcall
        holds   BELOW, qword=1 << 5
        finish

guest CODE

        mov     rcx, -8 * PAGE_SIZE + 5
change: bts     [BELOW + PAGE_SIZE], rcx
        vmcall

; Not every operand is an access: LEA and NOP make none, INVLPG translates nothing, and a prefetch
; is only a hint.
; SDM vol. 2, "LEA--Load Effective Address"; "NOP--No Operation"; "INVLPG--Invalidate TLB Entries";
; "PREFETCHh--Prefetch Data Into Caches".

%include "scenario.inc"

%define ABSENT  0x2000

scenario "LEA, NOP, INVLPG and prefetches of absent memory do not trap"

        page    CODE, at=0x1000, access=r-x

        expect  vmcall, rax=ABSENT+8
        finish

guest CODE

        lea     rax, [ABSENT + 8]
        nop     dword [ABSENT]
        invlpg  [ABSENT]
        prefetcht0 [ABSENT]
        prefetchnta [ABSENT]
        vmcall

; Only a processor with secure-arbitration mode knows these instructions.  Elsewhere they are invalid
; opcodes.
; SDM vol. 3, "Instructions That Cause VM Exits Unconditionally".

%include "scenario.inc"
%include "guest.inc"

scenario "SEAMCALL and TDCALL exit or are invalid opcodes"

        page    CODE, at=0x1000, access=r-x

        expect  exception_or_nmi, vector=VECTOR_UD, rip=CODE
        or      seamcall, rip=CODE, length=4
        otherwise vmcall
        resume  at=second

        expect  exception_or_nmi, vector=VECTOR_UD, rip=second
        or      tdcall, rip=second, length=4
        finish

guest CODE

        twist   db 0x66, 0x0f, 0x01, 0xcf       ; SEAMCALL
        untwisted vmcall
second: db      0x66, 0x0f, 0x01, 0xcc          ; TDCALL

; Bits 7, 11, 56:52, 59 and 62 of an entry that maps 4 KiB have never had a meaning.
; SDM vol. 3, table "Format of an EPT Page-Table Entry that Maps a 4-KByte Page".

%include "scenario.inc"

%define BIT(n)  (1 << (n))

scenario "bits that an EPT entry ignores do not trap"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-, \
                entry_bits=BIT(7) | BIT(11) | (0x1f << 52) | BIT(59) | BIT(62)

        expect  vmcall, rax=0x1234
        holds   DATA+8, qword=0x1234
        finish

guest CODE

        mov     qword [DATA + 8], 0x1234
        mov     rax, [DATA + 8]
        vmcall

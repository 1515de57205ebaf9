; Address bits beyond this processor's physical-address width must be 0.
; SDM vol. 3, "EPT Misconfigurations"; table "Format of an EPT Page-Table Entry that Maps a 4-KByte
; Page".

%include "scenario.inc"

scenario "an address bit beyond the physical width in an EPT entry is a misconfiguration"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rwx, entry_bits=1 << 51

        expect  ept_misconfig, gpa=DATA, rip=load
        remap   DATA, access=rwx
        resume

        expect  vmcall, rax=0
        finish

guest CODE

        mov     rax, -1
load:   mov     rax, [DATA]
        vmcall

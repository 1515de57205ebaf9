; Address bits beyond this processor's physical-address width must be 0 in entries of every level.
; SDM vol. 3, "EPT Misconfigurations"; table "Format of an EPT Page-Directory Entry (PDE) that Maps
; a 2-MByte Page".

%include "scenario.inc"

scenario "an address bit beyond the physical width in a 2 MiB page's entry is a misconfiguration"

        page    CODE,  at=0x1000, access=r-x
        page    LARGE, at=LARGE_PAGE_SIZE, access=rw-, level=pd, entry_bits=1 << 51

        expect  ept_misconfig, gpa=LARGE+0x5678, rip=load
        remap   LARGE, access=rw-
        resume

        expect  vmcall, rax=0
        finish

guest CODE

        mov     rax, -1
load:   mov     rax, [LARGE + 0x5678]
        vmcall

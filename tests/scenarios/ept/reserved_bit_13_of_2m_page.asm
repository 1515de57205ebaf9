; reserved_bit_13_of_2m_page.asm -- the bits of a large page's address below its size must be 0
; (SDM vol. 3, "EPT Misconfigurations"; table "Format of an EPT Page-Directory Entry (PDE) that Maps
; a 2-MByte Page": bits 20:12 are reserved)

%include "scenario.inc"

scenario "a 2 MiB page with bit 13 of its entry set is misconfigured"

        page    CODE,  at=0x1000, access=r-x
        page    LARGE, at=LARGE_PAGE_SIZE, access=rw-, level=pd, entry_bits=1 << 13

        expect  ept_misconfig, gpa=LARGE + 8, rip=load
        finish

guest CODE

load:   mov     rax, [LARGE + 8]
        vmcall

%include "scenario.inc"

scenario "a page that cannot be is an error that says why"

        page    CODE,  at=0x1000, access=r-x
        page    ODD,   at=0x2008, access=r--
        page    PART,  at=0x4000, access=r--, size=100
        page    NONE,  at=0x6000, access=r--, size=0
        page    LOST,  access=r--
        page    BARE,  at=0x8000
        page    at=0x9000, access=r--
        page
        page    BRIEF, at=0x9000, access=rx
        page    WRONG, at=0xa000, access=xwr
        page    RED,   at=0xb000, access=r--, colour=red
        page    CODE,  at=0xc000, access=r-x
        page    TWICE, at=0x0000, access=rw-, size=2 * PAGE_SIZE
        page    OURS,  at=0xffdff000, access=rw-, size=2 * PAGE_SIZE
        page    LAST,  at=1 << 52, access=rw-
        page    FLAGS, at=0xe000, access=rw-, entry_bits=1 << 12
        page    HALF,  at=0xf000, access=
        page    HIGH,  at=0x200000, access=rw-, level=pml4
        page    BIG,   at=0x201000, access=rw-, level=pd
        page    HUGE,  at=0x40200000, access=rw-, level=pdpt
        page    MORE,  at=0x600000, access=rw-, level=pd, size=PAGE_SIZE
        expect  vmcall
        finish

guest CODE
        vmcall

; A translation sets the accessed flag of each entry that it uses; a write sets the dirty flag, too.
; The processor may translate a page in advance that nobody asked for, but never writes in advance.
; SDM vol. 3, "Accessed and Dirty Flags for EPT".

%include "scenario.inc"

%define EPTP_ACCESSED_DIRTY (1 << 6)

scenario "accessed and dirty flags tell what was read, what was written and what was left alone"

        needs   accessed_dirty
        page    CODE,  at=0x1000, access=r-x
        page    READ,  at=0x2000, access=rw-
        page    WROTE, at=0x3000, access=rw-
        page    ALONE, at=0x4000, access=rw-
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY

        expect  vmcall
        flags   CODE,  accessed
        flags   READ,  accessed
        flags   WROTE, accessed|dirty
        flags   ALONE, none|accessed?
        finish

guest CODE

        mov     rax, [READ + 8]
        mov     [WROTE + 8], rax
        vmcall

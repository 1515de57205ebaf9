; A write that causes an EPT violation is not done, so it sets no dirty flag.
; SDM vol. 3, "Accessed and Dirty Flags for EPT".

%include "scenario.inc"

%define EPTP_ACCESSED_DIRTY (1 << 6)

scenario "a write that is refused does not make the page dirty"

        needs   accessed_dirty
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=r--
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY

        expect  ept_violation, gpa=DATA, access=write
        flags   DATA, none|accessed?
        finish

guest CODE

        mov     [DATA], rax
        vmcall

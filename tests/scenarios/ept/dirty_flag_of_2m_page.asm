; The dirty flag is in the entry that maps the page.  Here this is an entry of the page directory,
; so there is one flag for 2 MiB.
; SDM vol. 3, "Accessed and Dirty Flags for EPT".

%include "scenario.inc"

%define EPTP_ACCESSED_DIRTY (1 << 6)

scenario "a write to the end of a 2 MiB page makes all of it dirty"

        needs   accessed_dirty
        page    CODE,  at=0x1000, access=r-x
        page    LARGE, at=2 * LARGE_PAGE_SIZE, access=rw-, level=pd
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY

        expect  vmcall
        flags   LARGE, accessed
        skip

        expect  vmcall
        flags   LARGE, accessed|dirty
        finish

guest CODE

        mov     rax, [LARGE]
        vmcall
        mov     [LARGE + LARGE_PAGE_SIZE - 8], rax
        vmcall

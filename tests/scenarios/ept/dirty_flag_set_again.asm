; Only software clears the flags.  It must then use INVEPT, as the processor may have cached that
; the flags are set.
; SDM vol. 3, "Accessed and Dirty Flags for EPT".

%include "scenario.inc"

%define EPTP_ACCESSED_DIRTY (1 << 6)

scenario "cleared accessed and dirty flags are set again by the next write"

        needs   accessed_dirty, invept
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY

        repeat  3
        expect  vmcall
        flags   DATA, accessed|dirty
        clear_flags DATA
        flags   DATA, none
        invept
        skip
        end_repeat

        expect  hlt
        flags   DATA, none|accessed?
        holds   DATA, dword=3
        finish

guest CODE

        mov     ecx, 3
next:   inc     dword [DATA]
        vmcall
        loop    next
        hlt

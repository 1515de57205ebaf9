; view_has_its_own_flags.asm -- the processor sets flags only in the entries that it used
; (SDM vol. 3, "Accessed and Dirty Flags for EPT")

%include "scenario.inc"

scenario "a write sets accessed and dirty flags under the EPTP in use, and no flag under another"

        needs   accessed_dirty
        views   2
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-
        vmcs    EPT_POINTER, set=1 << 6
        vmcs    EPT_POINTER, view=1

        expect  vmcall, view=1
        flags   DATA, accessed|dirty, view=1
        flags   DATA, none
        clear_flags DATA, view=1
        flags   DATA, none, view=1
        vmcs    EPT_POINTER, view=0
        resume  at=store

        expect  vmcall, view=0
        flags   DATA, accessed|dirty
        flags   DATA, none, view=1
        finish

guest CODE

store:  mov     dword [DATA], 1
        vmcall

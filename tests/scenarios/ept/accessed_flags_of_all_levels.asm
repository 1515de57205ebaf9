; accessed_flags_of_all_levels.asm -- a translation sets the accessed flag of each entry it uses
; (SDM vol. 3, "Accessed and Dirty Flags for EPT")

%include "scenario.inc"

scenario "a write sets the accessed flag in the entry of each level, and the dirty flag in the last"

        needs   accessed_dirty
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x40000000, access=rw-
        page    BESIDE, at=0x40200000, access=rw-
        vmcs    EPT_POINTER, set=1 << 6

        expect  vmcall
        flags   DATA, none|accessed?, level=pdpt
        flags   DATA, none|accessed?, level=pd
        flags   DATA, none|accessed?
        resume  at=store

        expect  vmcall
        flags   DATA, accessed, level=pml4
        flags   DATA, accessed, level=pdpt
        flags   DATA, accessed, level=pd
        flags   DATA, accessed|dirty, level=pt
        flags   BESIDE, none|accessed?, level=pd
        flags   BESIDE, none|accessed?
        finish

guest CODE

        vmcall
store:  mov     dword [DATA], 1
        vmcall

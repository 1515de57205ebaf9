; All flags in the guest's own entries are set already, so this walk only reads the guest's tables.
; SDM vol. 3, "Accessed and Dirty Flags for EPT".

%include "scenario.inc"
%include "guest.inc"

scenario "with dirty flags for EPT a walk makes the guest paging structures that it reads dirty"

        needs   accessed_dirty
        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=r--
        own_paging

        expect  vmcall
        remap   PML4, access=rw-
        remap   PDPT, access=rw-
        remap   PD,   access=rw-
        remap   PT,   access=rw-
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY
        invept
        skip

        expect  vmcall
        flags   PML4, accessed|dirty
        flags   PDPT, accessed|dirty
        flags   PD,   accessed|dirty
        flags   PT,   accessed|dirty
        flags   DATA, accessed
        finish

guest CODE

        mov     rbx, HIGH
        vmcall
        mov     rax, [rbx]
        vmcall

        map_high pte=DATA + LEAF

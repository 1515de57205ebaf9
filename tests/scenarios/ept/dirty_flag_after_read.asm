; After the read the processor may keep the translation.  The write must set the flag all the same.
; SDM vol. 3, "Accessed and Dirty Flags for EPT".

%include "scenario.inc"
%include "guest.inc"

scenario "a write makes a page dirty that was only read before"

        needs   accessed_dirty
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY

        expect  vmcall
        flags   DATA, accessed
        skip
        expect  vmcall
        flags   DATA, accessed|dirty
        finish

guest CODE

        mov     rax, [DATA]
        vmcall
        mov     rax, [DATA]
        mov     [DATA], rax
        vmcall

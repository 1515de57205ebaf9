; The read of a descriptor is an access that the processor makes as supervisor, without being told
; by the program.  RFLAGS.AC does not allow it.
; SDM vol. 3, "Access Rights" (implicit supervisor-mode accesses).

%include "scenario.inc"
%include "guest.inc"

scenario "with SMAP reading a descriptor from a user page is a page fault, whatever RFLAGS.AC is"

        needs   smap
        page    CODE, at=0x1000, access=r-x
        page    GDT,  at=0x2000, access=---
        vmcs    GUEST_CR4, set=CR4_SMAP
        vmcs    GUEST_RFLAGS, set=RFLAGS_AC
        vmcs    GUEST_GDTR_BASE,  value=GDT
        vmcs    GUEST_GDTR_LIMIT, value=0x0f

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT, qualification=GDT+8, rip=load
        finish

guest CODE

        mov     eax, 8
load:   mov     ds, eax
        vmcall

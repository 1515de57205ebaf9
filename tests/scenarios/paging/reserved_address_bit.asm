; A guest-physical address is no wider than the processor's physical addresses.  An entry with a
; wider one is a page fault, and EPT is not asked.
; SDM vol. 3, "Page-Fault Exceptions" (RSVD flag); "Reserved Bits in Paging-Structure Entries".

%include "scenario.inc"
%include "guest.inc"

scenario "a guest-physical address beyond the physical width is a page fault, not an EPT violation"

        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=---
        own_paging

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_RESERVED, \
                qualification=HIGH+8, rip=load
        finish

guest CODE

        mov     rbx, HIGH
load:   mov     rax, [rbx + 8]
        vmcall

        map_high pte=(1 << 51) + DATA + LEAF

; SDM vol. 3, "Page-Fault Exceptions" (RSVD flag); "Enumeration of Paging Features by CPUID".

%include "scenario.inc"
%include "guest.inc"

scenario "bit 63 of a guest's paging-structure entry is reserved while EFER.NXE is 0"

        needs   load_efer
        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=---
        own_paging
        vmcs    GUEST_IA32_EFER, clear=EFER_NXE

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_RESERVED, \
                qualification=HIGH, rip=load
        finish

guest CODE

        mov     rbx, HIGH
load:   mov     rax, [rbx]
        vmcall

        map_high pte=EXECUTE_DISABLE + DATA + LEAF

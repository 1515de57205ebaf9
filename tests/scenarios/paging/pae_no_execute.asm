; SDM vol. 3, "Determination of Access Rights"; "PAE Paging".

%include "scenario.inc"
%include "guest.inc"

scenario "with PAE paging a fetch that the guest forbids is a page fault before EPT refuses it"

        needs   load_efer
        page    CODE, at=0x1000,   access=r-x
        page    DATA, at=0x600000, access=---
        pae_paging
        vmcs    GUEST_IA32_EFER, set=EFER_NXE

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_FETCH, \
                qualification=0x200000, rip=0x200000
        resume  at=load
        expect  ept_violation, gpa=DATA, gla=0x200000, access=read, walk=0, rip=load
        finish

guest CODE, mode=pae

        mov     eax, 0x200000
        jmp     eax
load:   mov     eax, [0x200000]
        vmcall

contents DIRECTORY
        dq      LEAF + LARGE, EXECUTE_DISABLE + DATA + LEAF + LARGE

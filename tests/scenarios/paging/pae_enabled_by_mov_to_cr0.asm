; MOV to CR0 that turns paging on loads the entries, which the guest did not have before.
; SDM vol. 3, "PDPTE Registers".

%include "scenario.inc"
%include "guest.inc"

scenario "MOV to CR0 that turns PAE paging on loads the page-directory-pointer entries through EPT"

        page    CODE, at=0x1000, access=r-x
        pae_paging
        vmcs    GUEST_CR4, set=CR4_PAE
        vmcs    CR0_GUEST_HOST_MASK, clear=CR0_PG
        vmcs    GUEST_PDPTE0, value=0

        expect  vmcall
        remap   POINTERS, access=---
        invept
        skip

        expect  ept_violation, gpa=POINTERS|0x18?, access=read, allowed=---, \
                qualification=1|0xe40?, rip=enable
        remap   POINTERS, access=r--
        resume

        expect  vmcall, GUEST_PDPTE0=DIRECTORY + PRESENT, GUEST_PDPTE1=0
        finish

guest CODE, mode=flat32

        mov     eax, cr0
        or      eax, CR0_PG
        vmcall
enable: mov     cr0, eax
        vmcall

contents POINTERS
        dq      DIRECTORY + PRESENT, 0, 0, 0
contents DIRECTORY
        dq      LEAF + LARGE

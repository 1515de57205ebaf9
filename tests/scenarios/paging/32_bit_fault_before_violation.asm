; SDM vol. 3, "32-Bit Paging"; "Prioritization of EPT Misconfigurations and EPT Violations".

%include "scenario.inc"
%include "guest.inc"

scenario "with 32-bit paging a page fault goes before the EPT violation of the same access"

        page    CODE,      at=0x1000,   access=r-x
        page    DIRECTORY, at=0x10000,  access=r--
        page    DATA,      at=0x800000, access=---
        vmcs    GUEST_CR0, set=CR0_WP
        set     cr3, DIRECTORY

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_WRITE, \
                qualification=0x400008, rip=store
        resume  at=load
        expect  ept_violation, gpa=DATA+8, gla=0x400008, access=read, walk=0, rip=load
        finish

guest CODE, mode=paging32

store:  mov     [0x400008], eax
load:   mov     eax, [0x400008]
        vmcall

contents DIRECTORY
        dd      LEAF + LARGE, DATA + LEAF + LARGE - WRITABLE

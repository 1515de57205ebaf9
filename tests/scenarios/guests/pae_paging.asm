; With EPT the four page-directory-pointer entries of PAE paging come from the VMCS.
; SDM vol. 3, "PAE Paging"; "Guest Register State" (PDPTEs).

%include "scenario.inc"
%include "kernel/bits.inc"

%define PRESENT 1
%define LARGE   0xe3                    ; present, writable, accessed, dirty, 2 MiB

scenario "a guest with PAE paging starts from the PDPTEs of the VMCS"

        page    CODE,      at=0x1000,   access=r-x
        page    POINTERS,  at=0x2000,   access=---
        page    DIRECTORY, at=0x3000,   access=r--
        page    DATA,      at=0x800000, access=---
        vmcs    GUEST_CR0, set=CR0_PG
        vmcs    GUEST_CR4, set=CR4_PAE
        set     cr3, POINTERS
        vmcs    GUEST_PDPTE0, value=DIRECTORY + PRESENT
        vmcs    GUEST_PDPTE1, value=0
        vmcs    GUEST_PDPTE2, value=0
        vmcs    GUEST_PDPTE3, value=0

        expect  ept_violation, gpa=DATA+8, gla=0x200008, access=write, walk=0, rip=store
        remap   DATA, access=rw-
        resume

        expect  vmcall
        holds   DATA+8, dword=0x77
        finish

guest CODE, mode=flat32

store:  mov     dword [0x200008], 0x77
        vmcall

contents DIRECTORY

        dq      0 + LARGE, DATA + LARGE

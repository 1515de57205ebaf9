; 32-bit paging with a 4 MiB page: linear 4 MiB is guest-physical 8 MiB.
; SDM vol. 3, "32-Bit Paging".

%include "scenario.inc"
%include "kernel/bits.inc"

%define LARGE   0xe3                    ; present, writable, accessed, dirty, 4 MiB

scenario "a guest with 32-bit paging reaches guest-physical memory through its page directory"

        page    CODE,      at=0x1000,   access=r-x
        page    DIRECTORY, at=0x2000,   access=r--
        page    DATA,      at=0x800000, access=---
        vmcs    GUEST_CR0, set=CR0_PG
        vmcs    GUEST_CR4, set=CR4_PSE
        set     cr3, DIRECTORY

        expect  ept_violation, gpa=DATA+8, gla=0x400008, access=write, walk=0, rip=store
        remap   DATA, access=rw-
        resume

        expect  vmcall
        holds   DATA+8, dword=0x77
        finish

guest CODE, mode=flat32

store:  mov     dword [0x400008], 0x77
        vmcall

contents DIRECTORY

        dd      0 + LARGE, DATA + LARGE

; SDM vol. 3, "32-Bit Paging"; "EPT Translation Mechanism".

%include "scenario.inc"
%include "guest.inc"

scenario "a 4 KiB page of 32-bit paging translates to what EPT refuses"

        page    CODE,      at=0x1000,  access=r-x
        page    DIRECTORY, at=0x10000, access=r--
        page    LOW,       at=0x11000, access=r--
        page    TABLE,     at=0x12000, access=r--
        page    DATA,      at=0x20000, access=---
        vmcs    GUEST_CR4, clear=CR4_PSE
        set     cr3, DIRECTORY

        expect  ept_violation, gpa=DATA+8, gla=0x403008, access=write, walk=0, rip=store
        remap   DATA, access=rw-
        resume

        expect  vmcall
        holds   DATA+8, dword=0x77
        finish

guest CODE, mode=paging32

store:  mov     dword [0x403008], 0x77
        vmcall

contents DIRECTORY
        dd      LOW + BRANCH, TABLE + BRANCH
contents LOW
        dd      0, CODE + LEAF
contents TABLE
        dd      0, 0, 0, DATA + LEAF

; Bits 20:13 of an entry that maps 4 MiB are bits 39:32 of the guest-physical address.
; SDM vol. 3, "32-Bit Paging"; table "Format of a 32-Bit Page-Directory Entry that Maps a 4-MByte
; Page".

%include "scenario.inc"
%include "guest.inc"

scenario "a 4 MiB page of 32-bit paging can lie beyond 4 GiB of guest-physical memory"

        needs   pse_36
        page    CODE,      at=0x1000,      access=r-x
        page    DIRECTORY, at=0x10000,     access=r--
        page    DATA,      at=0x500812000, access=---
        set     cr3, DIRECTORY

        expect  ept_violation, gpa=DATA+8, gla=0x412008, access=write, walk=0, rip=store
        remap   DATA, access=rw-
        resume

        expect  vmcall
        holds   DATA+8, dword=0x77
        finish

guest CODE, mode=paging32

store:  mov     dword [0x412008], 0x77
        vmcall

contents DIRECTORY
        dd      LEAF + LARGE, 0x800000 + (5 << 13) + LEAF + LARGE

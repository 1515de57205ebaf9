; The guest's own paging structures map linear 2 MiB to guest-physical 32 GiB; the exit tells both.
; SDM vol. 3, "Basic VM-Exit Information" (guest-linear address, guest-physical address).

%include "scenario.inc"

%define TABLE   0x23                    ; present, writable, accessed
%define MAPPED  0xe3                    ; the same, dirty, 2 MiB

scenario "an EPT violation tells the linear and the guest-physical address"

        page    CODE,   at=0x1000,      access=r-x
        page    TABLES, at=0x10000,     access=r--, size=3 * PAGE_SIZE
        page    HIGH,   at=0x800000000, access=---
        set     cr3, TABLES

        expect  ept_violation, gpa=HIGH+8, gla=0x200008, access=write, walk=0, rip=store
        remap   HIGH, access=rw-
        resume

        expect  vmcall
        holds   HIGH+8, dword=0x42
        finish

guest CODE

store:  mov     dword [0x200008], 0x42
        vmcall

contents TABLES

        dq      TABLES + 0x1000 + TABLE
        times 511 dq 0
        dq      TABLES + 0x2000 + TABLE
        times 511 dq 0
        dq      0 + MAPPED, HIGH + MAPPED

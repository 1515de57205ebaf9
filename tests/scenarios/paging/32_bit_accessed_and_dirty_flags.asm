; SDM vol. 3, "Accessed and Dirty Flags".

%include "scenario.inc"
%include "guest.inc"

scenario "the processor sets accessed and dirty flags in the structures of 32-bit paging"

        page    CODE,      at=0x1000,  access=r-x
        page    DIRECTORY, at=0x10000, access=rw-
        page    TABLE,     at=0x11000, access=rw-
        page    READ,      at=0x20000, access=r--
        page    WROTE,     at=0x21000, access=rw-
        vmcs    GUEST_CR4, clear=CR4_PSE
        set     cr3, DIRECTORY

        expect  vmcall
        holds   DIRECTORY,    dword=TABLE + PRESENT + WRITABLE + ACCESSED
        holds   TABLE + 4,    dword=CODE  + PRESENT + WRITABLE + ACCESSED
        holds   TABLE + 0x80, dword=READ  + PRESENT + WRITABLE + ACCESSED
        holds   TABLE + 0x84, dword=WROTE + PRESENT + WRITABLE + ACCESSED + DIRTY
        finish

guest CODE, mode=paging32

        mov     eax, [READ]
        mov     [WROTE], eax
        vmcall

contents DIRECTORY
        dd      TABLE + PRESENT + WRITABLE
contents TABLE
        dd      0, CODE + PRESENT + WRITABLE
        times 0x80 - ($ - $$) db 0
        dd      READ + PRESENT + WRITABLE, WROTE + PRESENT + WRITABLE

; The bytes of an instruction may lie in two pages.  RIP is the address of the first byte.
; SDM vol. 3, "EPT Violations".

%include "scenario.inc"

scenario "an instruction that ends in a page without execute permission traps there"

        page    CODE, at=0x1000, access=r-x
        page    NEXT, at=0x2000, access=r--

        expect  ept_violation, gpa=NEXT, access=fetch, allowed=r--, rip=edge
        remap   NEXT, access=r-x
        resume

        expect  vmcall, rax=0x12345678
        finish

guest CODE

        jmp     edge
        times 0xffe - ($ - $$) int3
edge:   db      0xb8, 0x78              ; mov eax, 0x12345678

contents NEXT

        db      0x56, 0x34, 0x12
        vmcall

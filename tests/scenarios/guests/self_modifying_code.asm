; When the guest executes bytes that it wrote itself, it executes the new ones.
; SDM vol. 3, "Handling Self- and Cross-Modifying Code".

%include "scenario.inc"

scenario "a guest that writes its code runs what it wrote"

        page    CODE,   at=0x1000, access=r-x
        page    WRITTEN, at=0x2000, access=rwx

        expect  vmcall, rax=5, rip=WRITTEN+5
        finish

guest CODE

        mov     eax, [made]
        mov     [WRITTEN], eax
        mov     eax, [made + 4]
        mov     [WRITTEN + 4], eax
        jmp     WRITTEN
made:   db      0xb8, 5, 0, 0, 0        ; mov eax, 5
        vmcall

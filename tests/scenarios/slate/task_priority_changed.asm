; SDM vol. 3, "Task Priority in IA-32e Mode"; "Instructions That Cause VM Exits Conditionally".

%include "scenario.inc"

scenario "a guest for which MOV CR8 does not exit keeps all interrupts back"

        page    CODE, at=0x1000, access=r-x
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_cr8_load_exiting|PRIMARY_cr8_store_exiting

        expect  vmcall, rbx=15
        finish

guest CODE

        mov     eax, 15
        mov     cr8, rax
        mov     rbx, cr8
        vmcall

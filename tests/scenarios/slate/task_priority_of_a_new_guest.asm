; The engine keeps all interrupts back but those of the highest priority class, to which its own
; belong.
; SDM vol. 3, "Task Priority in IA-32e Mode".

%include "scenario.inc"

scenario "a guest starts with a task priority of 14"

        page    CODE, at=0x1000, access=r-x
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_cr8_load_exiting|PRIMARY_cr8_store_exiting

        expect  vmcall, rbx=14
        finish

guest CODE

        mov     rbx, cr8
        vmcall

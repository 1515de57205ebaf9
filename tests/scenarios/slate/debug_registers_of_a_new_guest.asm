; SDM vol. 3, "Processor State After Reset"; VM entry loads no debug register but DR7.

%include "scenario.inc"

scenario "a guest starts with the debug registers as after a reset"

        page    CODE, at=0x1000, access=r-x
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_mov_dr_exiting

        expect  vmcall, r8=0, r9=0, r10=0, r11=0, r12=0xffff0ff0, r13=0x400
        finish

guest CODE

        mov     r8, dr0
        mov     r9, dr1
        mov     r10, dr2
        mov     r11, dr3
        mov     r12, dr6
        mov     r13, dr7
        vmcall

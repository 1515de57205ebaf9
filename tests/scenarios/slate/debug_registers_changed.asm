; DR7 is saved by the VM exit, the other debug registers stay as the guest left them.
; SDM vol. 3, "Saving Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"

%define DR6_OF_A_TASK_SWITCH 0xffff8ff0

scenario "a guest for which MOV DR does not exit changes the debug registers"

        page    CODE, at=0x1000, access=r-x
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_mov_dr_exiting

        expect  vmcall, r8=0x1110, r9=0x2220, r10=0x3330, r11=0x4440, \
                r12=DR6_OF_A_TASK_SWITCH, r13=0x401
        finish

guest CODE

        mov     eax, 0x1110
        mov     dr0, rax
        mov     eax, 0x2220
        mov     dr1, rax
        mov     eax, 0x3330
        mov     dr2, rax
        mov     eax, 0x4440
        mov     dr3, rax
        mov     eax, DR6_OF_A_TASK_SWITCH
        mov     dr6, rax
        mov     eax, 0x401                      ; a breakpoint that the guest does not come to
        mov     dr7, rax
        mov     r8, dr0
        mov     r9, dr1
        mov     r10, dr2
        mov     r11, dr3
        mov     r12, dr6
        mov     r13, dr7
        vmcall

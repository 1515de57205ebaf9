; The window opens one instruction after STI.
; SDM vol. 3, "Other Causes of VM Exits" (interrupt-window exiting); "Interruptibility State".

%include "scenario.inc"

%define BLOCKING_BY_STI 1

scenario "interrupt-window exiting exits as soon as the guest can take an interrupt"

        rule    interrupt_window_exits
        rule_in_part interrupt_window_conditions
        needs   interrupt_window
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_interrupt_window_exiting

        expect  vmcall                  ; no window yet: RFLAGS.IF is 0
        skip

        expect  interrupt_window, rip=open, rax=1, GUEST_INTERRUPTIBILITY_STATE=0
        otherwise vmcall, rax=2
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_interrupt_window_exiting
        resume

        expect  vmcall, rax=2
        finish

guest CODE

        vmcall
        sti
        mov     eax, 1                  ; in the shadow of STI
open:   mov     eax, 2
        vmcall

; What a guest has that has just switched to protected mode and not yet loaded CS: selectors of
; real mode, whose RPL says nothing.
; SDM vol. 3, "Loading Guest Segment Registers and Descriptor-Table Registers".

%include "scenario.inc"

scenario "the privilege level behind VM entry is the DPL of SS, whatever the selectors are"

        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_CS_SELECTOR,      value=3
        vmcs    GUEST_CS_ACCESS_RIGHTS, value=0x93

        expect  hlt, rip=start
        finish

guest CODE, mode=real16

start:  twist   hlt                             ; of privilege level 0 alone
        untwisted nop
        vmcall

; SDM vol. 3, "Details of Vectored-Event Injection"; "VM-Entry Controls for Event Injection".

%include "scenario.inc"
%include "guest.inc"

scenario "an injected INT n of a real-mode guest returns behind its instruction"

        rule    injection_outside_protected_mode, injected_software_interrupt
        page    VECTORS, at=0,      access=r--
        page    CODE,    at=0x1000, access=r-x
        page    STACK,   at=0x4000, access=rw-
        set     rsp, STACK + 0x800
        vmcs    GUEST_IDTR_LIMIT, value=0x3ff
        vmcs    ENTRY_INSTRUCTION_LENGTH, value=3
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, value=SOFTWARE_INTERRUPT(0x30)

        expect  vmcall, rip=handler, rsp=STACK+0x800-6
        otherwise vmcall, rip=first
        holds   STACK+0x800-6, word=first+3
        finish

guest CODE, mode=real16

first:  vmcall
behind: hlt
handler:
        vmcall

contents VECTORS
        times 4 * 0x30 db 0
        dw      handler, 0

; SDM vol. 3, "Details of Vectored-Event Injection": the event is delivered as it is in real-address
; mode.

%include "scenario.inc"
%include "guest.inc"

scenario "an injected interrupt reaches a real-mode guest through its table of vectors"

        rule    injection_outside_protected_mode
        page    VECTORS, at=0,      access=r--
        page    CODE,    at=0x1000, access=r-x
        page    STACK,   at=0x4000, access=rw-
        set     rsp, STACK + 0x800
        vmcs    GUEST_IDTR_LIMIT, value=0x3ff
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(0x30)

        expect  vmcall, rip=handler, rsp=STACK+0x800-6, rflags=RFLAGS_FIXED
        otherwise vmcall, rip=first, rflags=RFLAGS_FIXED|RFLAGS_IF
        holds   STACK+0x800-6, word=first
        holds   STACK+0x800-2, word=RFLAGS_FIXED|RFLAGS_IF
        finish

guest CODE, mode=real16

first:  vmcall
behind: hlt
handler:
        vmcall

contents VECTORS
        times 4 * 0x30 db 0
        dw      handler, 0

; SDM vol. 3, "Details of Vectored-Event Injection": a hypervisor has to look at IOPL itself.

%include "scenario.inc"
%include "guest.inc"

scenario "an injected INT n in virtual-8086 mode is no general protection, though IOPL is below 3"

        rule    injection_outside_protected_mode
        page    CODE,  at=0x1000, access=r-x
        page    TASK,  at=0x6000, access=r--
        event_tables
        virtual_8086_mode
        set     rsp, STACK + 0x400
        vmcs    GUEST_TR_BASE, value=TASK
        vmcs    ENTRY_INSTRUCTION_LENGTH, value=2
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, value=SOFTWARE_INTERRUPT(0x30)

        expect  vmcall, rip=handler, rsp=STACK+0x800-36, GUEST_CS_SELECTOR=8
        otherwise exception_or_nmi, vector=VECTOR_GP, error=0, rip=first, \
                IDT_VECTORING_INFORMATION=0|0xffffffff?
        holds   STACK+0x800-36, dword=behind
        finish

guest CODE, mode=pae

first:  int     0x30
behind: hlt
handler:
        vmcall

contents GDT
        dq      0, CODE_32, FLAT_DATA
contents IDT
        times 8 * 0x30 db 0
        dw      handler, 8, 0xee00, 0   ; an interrupt gate of 32 bits, for privilege level 3

contents TASK
        dd      0, STACK + 0x800, 0x10  ; ESP and SS of privilege level 0

; SDM vol. 3, "Details of Vectored-Event Injection"; "Virtual-8086 Mode".

%include "scenario.inc"
%include "guest.inc"

scenario "an injected interrupt takes a guest from virtual-8086 mode to its protected-mode handler"

        rule    injection_outside_protected_mode
        page    CODE,  at=0x1000, access=r-x
        page    TASK,  at=0x6000, access=r--
        event_tables
        virtual_8086_mode
        set     rsp, STACK + 0x400
        vmcs    GUEST_TR_BASE, value=TASK
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(0x30)

        expect  vmcall, rip=handler, rsp=STACK+0x800-36, rflags=RFLAGS_FIXED, GUEST_CS_SELECTOR=8
        otherwise vmcall, rip=first, GUEST_CS_SELECTOR=0
        holds   STACK+0x800-36, dword=first
        holds   STACK+0x800-28, dword=RFLAGS_FIXED|RFLAGS_IF|RFLAGS_VM
        holds   STACK+0x800-24, dword=STACK+0x400
        finish

guest CODE, mode=pae

first:  vmcall
handler:
        vmcall

contents GDT
        dq      0, CODE_32, FLAT_DATA
contents IDT
        times 8 * 0x30 db 0
        dw      handler, 8, 0xee00, 0   ; an interrupt gate of 32 bits, for privilege level 3

contents TASK
        dd      0, STACK + 0x800, 0x10  ; ESP and SS of privilege level 0

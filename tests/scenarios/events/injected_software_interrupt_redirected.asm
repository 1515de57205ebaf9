; SDM vol. 3, "Details of Vectored-Event Injection"; "Interrupt and Exception Handling in
; Virtual-8086 Mode" (software interrupt redirection bitmap): with bit n at 0 the handler is one of
; 8086 mode.  IOPL is pushed as 3, and VIF in place of IF.

%include "scenario.inc"
%include "guest.inc"

scenario "an injected INT n in virtual-8086 mode goes where the task's redirection bitmap says"

        rule    injection_outside_protected_mode
        page    VECTORS, at=0, access=r--
        page    CODE,  at=0x1000, access=r-x
        page    TASK,  at=0x6000, access=r--
        event_tables
        virtual_8086_mode
        set     rsp, STACK + 0x400
        vmcs    GUEST_TR_BASE, value=TASK
        vmcs    GUEST_TR_LIMIT, value=PAGE_SIZE - 1
        vmcs    GUEST_CR4, set=CR4_VME
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, value=SOFTWARE_INTERRUPT(0x30)
        untwisted vmcs ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(0x30)
        vmcs    ENTRY_INSTRUCTION_LENGTH, value=2

        expect  vmcall, rip=handler_of_8086, rsp=STACK+0x400-6, GUEST_CS_SELECTOR=0
        otherwise vmcall, rip=handler, rsp=STACK+0x800-36, GUEST_CS_SELECTOR=8
        holds   STACK+0x400-6, word=behind
        holds   STACK+0x400-2, word=RFLAGS_FIXED|3<<12
        finish

guest CODE, mode=pae

        int     0x30
behind: hlt
handler:
        vmcall
handler_of_8086:
        vmcall

contents VECTORS
        times 4 * 0x30 db 0
        dw      handler_of_8086, 0

contents GDT
        dq      0, CODE_32, FLAT_DATA
contents IDT
        times 8 * 0x30 db 0
        dw      handler, 8, 0xee00, 0   ; an interrupt gate of 32 bits, for privilege level 3

contents TASK
        dd      0, STACK + 0x800, 0x10  ; ESP and SS of privilege level 0
        times 102 - 12 db 0
        dw      0x88                    ; the I/O permission bitmap, behind the redirection bitmap

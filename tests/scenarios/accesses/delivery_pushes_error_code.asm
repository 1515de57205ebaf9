; Flags, code segment and instruction pointer fit into STACK; the error code is pushed to BELOW.
; SDM vol. 3, "Information for VM Exits During Event Delivery"; "Error Code".

%include "scenario.inc"
%include "guest.inc"

%define EVENT   HARDWARE_EXCEPTION(VECTOR_GP) | WITH_ERROR_CODE
%define SELECTOR 0x1230

scenario "an EPT violation where an exception pushes its error code keeps the code"

        rule    idt_vectoring_error_code
        page    CODE,  at=0x1000, access=r-x
        page    GDT,   at=0x2000, access=r--
        page    IDT,   at=0x3000, access=r--
        page    BELOW, at=0x4000, access=r--
        page    STACK, at=0x5000, access=rw-
        set     rsp, STACK + 12
        vmcs    GUEST_GDTR_BASE,  value=GDT
        vmcs    GUEST_GDTR_LIMIT, value=0x17
        vmcs    GUEST_IDTR_BASE,  value=IDT
        vmcs    GUEST_IDTR_LIMIT, value=0xff
        vmcs    EXCEPTION_BITMAP, clear=1 << VECTOR_GP

        expect  ept_violation, gpa=BELOW+0xffc, access=write, allowed=r--, rip=bad, rsp=STACK+12, \
                IDT_VECTORING_INFORMATION=EVENT|UNDEFINED_BIT?, \
                IDT_VECTORING_ERROR_CODE=SELECTOR
        remap   BELOW, access=rw-
        resume

        expect  vmcall, rip=handler, rsp=STACK-4
        holds   STACK-4, dword=SELECTOR
        holds   STACK,   dword=bad
        finish

guest CODE, mode=flat32

        mov     eax, SELECTOR
bad:    mov     ds, eax
handler:
        vmcall

contents GDT
        dq      0, CODE_32, FLAT_DATA
contents IDT
        times 8 * VECTOR_GP db 0
        dw      handler, 8, 0x8e00, 0

; The error code, which the new task would find on its stack, is the IDT-vectoring error code.
; SDM vol. 3, "Treatment of Task Switches"; table "Exit Qualification for Task Switches";
; "Information for VM Exits During Event Delivery".

%include "scenario.inc"
%include "guest.inc"

%define TASK            0x18
%define TASK_GATE       0x8500                  ; bits 63:32: present
%define INTERRUPT_GATE  0x8e00
%define EVENT           HARDWARE_EXCEPTION(VECTOR_GP) | WITH_ERROR_CODE

scenario "an exception through a task gate exits as a task switch, with its error code"

        rule    task_switch_exits
        rule_in_part idt_vectoring_information, idt_vectoring_error_code
        page    CODE, at=0x1000, access=r-x
        page    TSS, at=0x5000, access=rw-
        event_tables
        vmcs    EXCEPTION_BITMAP, clear=1 << VECTOR_GP

        expect  task_switch, selector=TASK, source=task_gate, rip=bad, \
                qualification=0xc0000018, IDT_VECTORING_INFORMATION=EVENT|UNDEFINED_BIT?, \
                IDT_VECTORING_ERROR_CODE=0x1230
        otherwise vmcall, rip=same_task
        finish

guest CODE, mode=pae

        mov     eax, 0x1230
bad:    mov     ds, eax
        hlt
same_task:
        vmcall

contents GDT
        dq      0, CODE_32, FLAT_DATA
        dd      TSS << 16 | 0x67, SYSTEM_TSS
contents IDT
        times VECTOR_GP dq 0
        twist   dd TASK << 16, TASK_GATE
        untwisted dd (8 << 16) + same_task, INTERRUPT_GATE

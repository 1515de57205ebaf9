; SDM vol. 3, "Architectural State Before a VM Exit" (page faults: CR2); "Basic VM-Exit
; Information".

%include "scenario.inc"
%include "guest.inc"

%define ABSENT          0xffe00123

scenario "a page fault that exits has its address as qualification, and not in CR2"

        rule    page_fault_qualification
        page    CODE, at=0x1000, access=r-x
        event_tables
        twist   vmcs EXCEPTION_BITMAP, set=1 << VECTOR_PF
        untwisted vmcs EXCEPTION_BITMAP, clear=1 << VECTOR_PF

        expect  exception_or_nmi, vector=VECTOR_PF, error=0, qualification=ABSENT, rip=load
        otherwise vmcall, rax=ABSENT
        resume  at=look
        expect  vmcall, rax=0x1234
        finish

guest CODE

        mov     eax, 0x1234
        mov     cr2, rax
        mov     ebx, ABSENT
load:   mov     rcx, [rbx]
look:   mov     rax, cr2
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_PF, look

; SDM vol. 3, "Architectural State Before a VM Exit".

%include "scenario.inc"
%include "guest.inc"

%define NOWHERE 0xffe00123
%define BEFORE  0x1234

scenario "a page fault that exits leaves CR2 alone"

        rule    exception_that_exits_changes_nothing
        page    CODE, at=0x1000, access=r-x
        event_tables
        twist   vmcs EXCEPTION_BITMAP, set=1 << VECTOR_PF
        untwisted vmcs EXCEPTION_BITMAP, clear=1 << VECTOR_PF

        expect  exception_or_nmi, vector=VECTOR_PF, rip=load, qualification=NOWHERE
        otherwise vmcall, rax=NOWHERE
        resume  at=behind
        expect  vmcall, rax=BEFORE
        finish

guest CODE

        mov     eax, BEFORE
        mov     cr2, rax
        mov     ebx, NOWHERE
load:   mov     rax, [rbx]
behind:
        mov     rax, cr2
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_PF, behind

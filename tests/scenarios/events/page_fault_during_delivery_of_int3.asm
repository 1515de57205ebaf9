; What a hypervisor has to do that gives the guest its page fault: two events, of which the first is
; lost.
; SDM vol. 3, "Information for VM Exits During Event Delivery".

%include "scenario.inc"
%include "guest.inc"

%define NOWHERE 0xffe00000

scenario "a page fault that exits during the delivery of INT3 tells of both"

        rule    idt_vectoring_information
        page    CODE, at=0x1000, access=r-x
        event_tables
        twist   set rsp, NOWHERE + PAGE_SIZE
        vmcs    EXCEPTION_BITMAP, value=1 << VECTOR_PF

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_WRITE, rip=first, length=1, \
                qualification=NOWHERE|0xfff?, \
                IDT_VECTORING_INFORMATION=SOFTWARE_EXCEPTION(VECTOR_BP)|UNDEFINED_BIT?
        otherwise vmcall, rip=handler
        finish

guest CODE

first:  int3
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_BP, handler

; SDM vol. 3, "Exception Bitmap"

%include "scenario.inc"
%include "guest.inc"

scenario "with bit 14 of the exception bitmap 0 page faults exit whose error code does not match"

        rule_in_part page_fault_mask_and_match
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    EXCEPTION_BITMAP, clear=1 << VECTOR_PF
        vmcs    PAGE_FAULT_ERROR_MASK, value=PF_WRITE
        twist   vmcs PAGE_FAULT_ERROR_MATCH, value=PF_WRITE

        expect  exception_or_nmi, vector=VECTOR_PF, error=0, qualification=HIGH, rip=read
        otherwise vmcall, rip=handled
        resume  at=write
        expect  vmcall, rip=handled
        finish

guest CODE
        mov     rbx, HIGH                       ; is not mapped
read:   mov     eax, [rbx]
write:  mov     [rbx], eax
handler:
handled: vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_PF, handler

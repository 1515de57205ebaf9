; SDM vol. 3, "Exception Bitmap" (page-fault error-code mask and match); "Other Causes of VM Exits".
; Bit 14 of the exception bitmap is 1, and the match asks for W/R=1, so only writes exit.  The read
; is delivered to the guest, which has an empty IDT: a triple fault.

%include "scenario.inc"

%define WRITE   2                       ; of the page-fault error code

scenario "the page-fault error-code mask and match pick the page faults that exit"

        rule_in_part page_fault_exits_by_mask_and_match, page_fault_mask_and_match
        page    CODE, at=0x1000, access=r-x
        vmcs    EXCEPTION_BITMAP,       value=1 << 14
        vmcs    PAGE_FAULT_ERROR_MASK,  value=WRITE
        twist   vmcs PAGE_FAULT_ERROR_MATCH, value=WRITE
        untwisted vmcs PAGE_FAULT_ERROR_MATCH, value=0

        expect  exception_or_nmi, vector=14, error=WRITE, rip=store
        otherwise triple_fault, rip=store
        resume  at=load
        expect  triple_fault
        finish

guest CODE

        mov     ebx, 0xffe00000
store:  mov     [rbx], rax
load:   mov     rax, [rbx]

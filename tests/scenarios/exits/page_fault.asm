; The engine's paging structures do not map their own 2 MiB.  A page fault that exits does not write
; CR2; the exit qualification has the address.
; SDM vol. 3, "Basic VM-Exit Information" (exit qualification: page-fault exceptions);
; "Information for VM Exits Due to Vectored Events".

%include "scenario.inc"

scenario "a page fault exits as exception 14 with the linear address as qualification, not in CR2"

        rule    exception_exits_by_its_bit, exit_interruption_information, page_fault_qualification
        rule_in_part exception_bitmap_bits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs EXCEPTION_BITMAP, set=1 << 14
        untwisted vmcs EXCEPTION_BITMAP, clear=1 << 14

        expect  exception_or_nmi, vector=14, error=0, qualification=0xffe00123, rip=load, \
                EXIT_INTERRUPTION_INFORMATION=0x80000b0e
        otherwise exception_or_nmi, vector=13, error=14*8+2+1, rip=load, IDT_VECTORING_INFORMATION=0x80000b0e ; there is no IDT
        resume  at=store
        expect  exception_or_nmi, vector=14, error=2, qualification=0xffffffff, rip=store
        resume  at=look
        expect  vmcall, rax=0
        finish

guest CODE

        mov     ebx, 0xffe00123
        mov     ecx, 0xffffffff
load:   mov     rax, [rbx]
store:  mov     [rcx], al
look:   mov     rax, cr2
        vmcall

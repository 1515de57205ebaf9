; SDM vol. 3, "Operations that Invalidate TLBs and Paging-Structure Caches": without bit 63 MOV to
; CR3 invalidates the translations of the process context that it names.

%include "scenario.inc"
%include "guest.inc"

%define CONTEXT         1

scenario "MOV to CR3 without bit 63 makes a process context see its paging structures as they are"

        rule    pcid_with_ept
        needs   pcid, true_controls
        page    CODE,  at=0x1000,  access=r-x
        page    ONE,   at=0x20000, access=r--
        page    OTHER, at=0x21000, access=r--
        own_paging
        entry   PT, level=pt, access=rw-
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_cr3_load_exiting
        vmcs    GUEST_CR4, set=CR4_PCIDE
        vmcs    GUEST_CR3, set=CONTEXT

        expect  vmcall, rax=0x11, rcx=0x22, cr3=PML4|CONTEXT
        otherwise vmcall, rax=0x11, rcx=0x11
        finish

guest CODE

        mov     rbx, HIGH
        mov     edi, PT
        mov     rax, [rbx]
        twist   mov qword [rdi], OTHER + LEAF
        mov     esi, PML4 | CONTEXT
        mov     cr3, rsi
        mov     rcx, [rbx]
        vmcall

        map_high pte=ONE + LEAF
contents ONE
        dq      0x11
contents OTHER
        dq      0x22

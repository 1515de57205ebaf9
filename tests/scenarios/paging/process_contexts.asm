; SDM vol. 3, "Process-Context Identifiers (PCIDs)"; "Operations that Invalidate TLBs and
; Paging-Structure Caches": with bit 63 at 1 MOV to CR3 need not invalidate anything, and the bit is
; not a part of CR3.

%include "scenario.inc"
%include "guest.inc"

%define FIRST           1                       ; process contexts
%define SECOND          2
%define KEEP            (1 << 63)

scenario "with bit 63 of CR3 each process context keeps to its own translations"

        rule    pcid_with_ept
        needs   pcid, true_controls
        page    CODE,      at=0x1000,  access=r-x
        page    ONE,       at=0x20000, access=r--
        page    OTHER,     at=0x21000, access=r--
        page    NEXT_PML4, at=0x14000, access=r--
        page    NEXT_PDPT, at=0x15000, access=r--
        page    NEXT_PD,   at=0x16000, access=r--
        page    NEXT_PT,   at=0x17000, access=r--
        own_paging
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_cr3_load_exiting
        vmcs    GUEST_CR4, set=CR4_PCIDE
        vmcs    GUEST_CR3, set=FIRST

        expect  vmcall, rax=0x11, rcx=0x22, rdx=0x11, cr3=PML4|FIRST
        otherwise vmcall, rax=0x11, rcx=0x11, rdx=0x11
        finish

guest CODE

        mov     rbx, HIGH
        mov     rax, [rbx]
        twist   mov rsi, KEEP | NEXT_PML4 | SECOND
        untwisted mov rsi, KEEP | PML4 | FIRST
        mov     cr3, rsi
        mov     rcx, [rbx]
        mov     rsi, KEEP | PML4 | FIRST
        mov     cr3, rsi
        mov     rdx, [rbx]
        vmcall

        map_high pte=ONE + LEAF
contents ONE
        dq      0x11
contents OTHER
        dq      0x22
contents NEXT_PML4
        dq      ENGINE_PDPT + BRANCH, NEXT_PDPT + BRANCH
contents NEXT_PDPT
        dq      NEXT_PD + BRANCH
contents NEXT_PD
        dq      NEXT_PT + BRANCH
contents NEXT_PT
        dq      OTHER + LEAF

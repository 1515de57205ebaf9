; guest_paging.asm -- the guest paging structures of mode long64: linear = physical below 4 GiB
; (SDM vol. 3, "4-Level Paging and 5-Level Paging")
;
; Data, so that a new VM costs nothing.  They stand in guest-physical memory from ENGINE_BASE on
; (VM_ENGINE_BASE in vmx/vm.h), page by page in this order.  Accessed and dirty flags are set
; beforehand: a page walk reads and never writes them.  The engine's own 2 MiB are not mapped, so
; that a guest can reach its paging structures only by making its own.

ENGINE_BASE     equ     0xffe00000

PRESENT         equ     1 << 0
WRITABLE        equ     1 << 1
USER            equ     1 << 2
ACCESSED        equ     1 << 5
DIRTY           equ     1 << 6
LARGE           equ     1 << 7

BRANCH          equ     PRESENT | WRITABLE | USER | ACCESSED
LEAF            equ     BRANCH | DIRTY | LARGE

section .data align=4096

guest_paging:
        dq      ENGINE_BASE + 0x1000 + BRANCH   ; PML4
        times 511 dq 0

%assign gib 0
%rep 4                                          ; PDPT
        dq      ENGINE_BASE + 0x2000 + gib * 0x1000 + BRANCH
%assign gib gib + 1
%endrep
        times 508 dq 0

%assign frame 0
%rep 2047                                       ; four PDs
        dq      frame + LEAF
%assign frame frame + 0x200000
%endrep
        dq      0
GUEST_PAGES     equ     6

; The EPT page table of the engine's 2 MiB, the same for every VM.

EPT_READ_WRITE_WB equ   1 << 0 | 1 << 1 | 6 << 3

global guest_paging_ept
guest_paging_ept:
%assign number 0
%rep GUEST_PAGES
        dq      guest_paging + number * 4096 + EPT_READ_WRITE_WB
%assign number number + 1
%endrep
        times 512 - GUEST_PAGES dq 0

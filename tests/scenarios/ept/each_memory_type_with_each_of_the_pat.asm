; Of the two types comes one, by the table of section "EPT and Memory Typing" (SDM vol. 3).  It
; decides how memory is cached, not what it holds.

%include "scenario.inc"
%include "guest.inc"

%define PAT             (1 << 7)
%define TYPES           8                       ; of the PAT; the last two are WB and UC once more

scenario "each memory type of EPT with each one of the guest's PAT reaches the same memory"

        rule    ept_memory_types
        needs   load_pat
        page    CODE, at=0x1000,  access=r-x
        twist   page UC, at=0x20000, access=rw-, type=uc
        untwisted page UC, at=0x20000, access=rw-, type=2
        page    WC,   at=0x21000, access=rw-, type=wc
        page    WT,   at=0x22000, access=rw-, type=wt
        page    WP,   at=0x23000, access=rw-, type=wp
        page    WB,   at=0x24000, access=rw-, type=wb
        own_paging
        vmcs    ENTRY_CONTROLS, set=VM_ENTRY_load_pat
        vmcs    GUEST_IA32_PAT, value=0x0006070504010006

        expect  vmcall, rcx=0
        otherwise ept_misconfig, gpa=UC+8
        holds   UC+8, qword=TYPES
        holds   WC+8, qword=TYPES
        holds   WT+8, qword=TYPES
        holds   WP+8, qword=TYPES
        holds   WB+8, qword=TYPES
        finish

guest CODE

        mov     rbx, HIGH
        mov     ecx, 5 * TYPES
again:  inc     qword [rbx + 8]
        add     rbx, PAGE_SIZE
        loop    again
        vmcall

        map_high pte=UC + LEAF
%assign n 1
%rep 5 * TYPES - 1
        dq      UC + n / TYPES * PAGE_SIZE + LEAF + (n & 4) / 4 * PAT \
                + (n & 2) / 2 * CACHE_DISABLE + (n & 1) * WRITE_THROUGH
%assign n n + 1
%endrep

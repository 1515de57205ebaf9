; Eight entries of the guest's page table map the same page.  Each of them chooses another entry of
; the guest's PAT.  The memory types decide how memory is cached, not what it holds.
; SDM vol. 3, "EPT and Memory Typing"; "Page Attribute Table (PAT)".

%include "scenario.inc"
%include "guest.inc"

%define PAT             (1 << 7)

scenario "each memory type of the guest's PAT reaches the same memory"

        needs   load_pat
        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=rw-
        own_paging
        vmcs    ENTRY_CONTROLS, set=VM_ENTRY_load_pat
        vmcs    GUEST_IA32_PAT, value=0x0605040107000106

        expect  vmcall, rax=8
        holds   DATA+8, qword=8
        finish

guest CODE

        mov     rbx, HIGH
        mov     ecx, 8
again:  inc     qword [rbx + 8]
        mov     rax, [rbx + 8]
        add     rbx, PAGE_SIZE
        loop    again
        vmcall

        map_high pte=DATA + LEAF
        dq      DATA + LEAF + WRITE_THROUGH
        dq      DATA + LEAF + CACHE_DISABLE
        dq      DATA + LEAF + CACHE_DISABLE + WRITE_THROUGH
        dq      DATA + LEAF + PAT
        dq      DATA + LEAF + PAT + WRITE_THROUGH
        dq      DATA + LEAF + PAT + CACHE_DISABLE
        dq      DATA + LEAF + PAT + CACHE_DISABLE + WRITE_THROUGH

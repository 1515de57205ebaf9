; A hypervisor that moves a guest to another machine needs this: in each round the dirty flags of
; those pages that were written to since the flags were cleared, and of no others.
; SDM vol. 3, "Accessed and Dirty Flags for EPT"; "Operations that Invalidate Cached Mappings".

%include "scenario.inc"
%include "guest.inc"

%define PAGE_OF(n)      WORK + (n) * PAGE_SIZE

%macro clean_round 0
        clear_flags WORK
        invept
        skip
%endmacro

%macro dirty 2                                  ; dirty WRITTEN, READ: bit n is for page n
        %assign %%page 0
        %rep 6
                %if %1 & 1 << %%page
        flags   PAGE_OF(%%page), accessed|dirty
                %elif %2 & 1 << %%page
        flags   PAGE_OF(%%page), accessed
                %else
        flags   PAGE_OF(%%page), none|accessed?
                %endif
                %assign %%page %%page + 1
        %endrep
%endmacro

scenario "dirty flags that are cleared each round tell the pages written in that round"

        needs   accessed_dirty, invept
        page    CODE, at=0x1000,  access=r-x
        page    WORK, at=0x10000, access=rw-, size=6 * PAGE_SIZE
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY

        expect  vmcall
        dirty   0b101001, 0b000010
        clean_round
        expect  vmcall
        dirty   0b000011, 0b001000
        clean_round
        expect  vmcall
        dirty   0b000000, 0b111111
        clean_round
        expect  vmcall
        dirty   0b111111, 0b000000
        finish

guest CODE

        mov     ebx, WORK
        mov     eax, 1
        mov     [rbx + 0 * PAGE_SIZE], eax
        mov     ecx, [rbx + 1 * PAGE_SIZE]
        mov     [rbx + 3 * PAGE_SIZE + 0xffc], eax
        lock inc dword [rbx + 5 * PAGE_SIZE]
        vmcall
        mov     [rbx + 0 * PAGE_SIZE + 0xffe], eax
        mov     ecx, [rbx + 3 * PAGE_SIZE]
        vmcall
%assign i 0
%rep 6
        mov     ecx, [rbx + i * PAGE_SIZE]
%assign i i + 1
%endrep
        vmcall
        mov     edi, WORK
        mov     ecx, 6 * PAGE_SIZE / 8
        rep stosq
        vmcall

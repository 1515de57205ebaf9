; The engine's page directory maps linear to equal physical addresses, with 4 MiB pages except for
; the last 4 MiB, half of which are the engine's.  Such a guest needs no "unrestricted guest".
; SDM vol. 3, "32-Bit Paging".

%include "scenario.inc"
%include "kernel/bits.inc"

%define DIRECTORY       (ENGINE_START + 7 * PAGE_SIZE)

scenario "a guest of mode paging32 starts with 32-bit paging, which reaches all below the engine's pages"

        page    CODE, at=0x1000,     access=r-x
        page    LOW,  at=0x40000000, access=---
        page    HIGH, at=0xffdff000, access=---
        entry   DIRECTORY,            level=pt, access=r--     ; accessed and dirty flags are set:
        entry   DIRECTORY + 0x1000,   level=pt, access=r--     ; a walk has nothing to write

        expect  vmcall, rip=start, rax=0, rsp=0, rflags=2, cr3=DIRECTORY
        skip

        expect  vmcall, rax=CR0_PE | CR0_PG, rbx=CR4_PSE, rcx=0xffffffff
        skip

        expect  ept_violation, gpa=LOW+4, gla=LOW+4, access=write, walk=0, rip=low
        remap   LOW, access=rw-
        resume

        expect  ept_violation, gpa=HIGH+4, gla=HIGH+4, access=write, walk=0, rip=high
        remap   HIGH, access=rw-
        resume

        expect  exception_or_nmi, vector=14, qualification=ENGINE_START, rip=engine
        holds   LOW+4,  dword=0xffffffff
        holds   HIGH+4, dword=0xffffffff
        finish

guest CODE, mode=paging32

start:  vmcall
        mov     eax, cr0
        and     eax, CR0_PE | CR0_PG
        mov     ebx, cr4
        and     ebx, CR4_PAE | CR4_PSE
        xor     ecx, ecx
        dec     ecx                     ; one byte here, a REX prefix in 64-bit mode
        vmcall
low:    mov     [LOW + 4], ecx
high:   mov     [HIGH + 4], ecx
engine: mov     eax, [ENGINE_START]

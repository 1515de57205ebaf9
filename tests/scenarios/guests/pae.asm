; The engine's page-directory-pointer table maps linear to equal physical addresses.  Its four
; entries are in the VMCS as well.  Such a guest needs no "unrestricted guest".
; SDM vol. 3, "PAE Paging"; "Guest Register State" (PDPTEs).

%include "scenario.inc"
%include "kernel/bits.inc"

%define POINTERS        (ENGINE_START + 6 * PAGE_SIZE)
%define DIRECTORIES     (ENGINE_START + 2 * PAGE_SIZE)

scenario "a guest of mode pae starts with PAE paging, which reaches all below the engine's pages"

        rule_in_part vmcall_in_non_root_operation
        page    CODE, at=0x1000,     access=r-x
        page    LOW,  at=0x40000000, access=---
        page    HIGH, at=0xffdff000, access=---
        entry   DIRECTORIES,          level=pt, access=r--     ; accessed and dirty flags are set:
        entry   DIRECTORIES + 0x1000, level=pt, access=r--     ; a walk has nothing to write
        entry   DIRECTORIES + 0x3000, level=pt, access=r--

        expect  vmcall, rip=start, rax=0, rsp=0, rflags=2, cr3=POINTERS, \
                GUEST_PDPTE0=DIRECTORIES + 1,          GUEST_PDPTE1=DIRECTORIES + 0x1001, \
                GUEST_PDPTE2=DIRECTORIES + 0x2001,     GUEST_PDPTE3=DIRECTORIES + 0x3001
        skip

        expect  vmcall, rax=CR0_PE | CR0_PG, rbx=CR4_PAE, rcx=0xffffffff
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

guest CODE, mode=pae

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

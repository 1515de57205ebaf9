; Each word of the language once or more; tests/host/language.t compares what the loader sees of it.

%include "scenario.inc"

scenario "every word of the language"

        needs   unrestricted_guest, execute_only, apic_registers
        needs_no lam
        rule    ept_violation_access, vmcall_exits
        rule_in_part ept_memory_types
        page    CODE,  at=0x1000, access=--x, entry_bits=1 << 52
        page    TABLE, at=0x2000, access=r--, type=uc
        page    DATA,  at=0x3000, access=---, type=5, size=2 * PAGE_SIZE
        page    WC,    at=0x5000, access=rwx, type=wc
        page    WT,    at=0x6000, access=r-x, type=wt
        page    WP,    at=0x7000, access=rw-, type=wp
        page    WB,    at=0x8000, access=-wx, type=wb
        page    LARGE, at=2 * LARGE_PAGE_SIZE, access=rw-, level=pd
        page    BOTH,  at=4 * LARGE_PAGE_SIZE, access=rw-, level=pd, size=2 * LARGE_PAGE_SIZE
        page    HUGE,  at=4 * HUGE_PAGE_SIZE, access=r--, level=pdpt
        views   3
        set     rsp, DATA + PAGE_SIZE
        may_run 20 * 1000
        vmcs    PML_ADDRESS, page=TABLE
        vmcs    GUEST_IDTR_LIMIT, value=0
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_rdtsc_exiting | PRIMARY_pause_exiting
        vmcs    GUEST_CR0,        clear=1 << 3
        entry   CODE, level=pml4, set=1 << 11 | 1 << 52
        entry   CODE, level=pt, access=r--, view=2
        eptp    DATA + 8, view=1
        eptp    DATA, view=0
        host_address DATA + 8, page=TABLE, set=1
        write   DATA + 0x10, qword=0x123456789abcdef0
        revision DATA + 0x20, shadow=1, flip=1
        vmcs    EPT_POINTER, view=1
        entry   LARGE + 5, level=pd, access=r--, clear=1 << 8, set=3 << 60
        interrupt 0x20
        interrupt 0xfd, after=20 * 1000
        nmi
        init

%assign turn 0
%rep 2
        expect  ept_violation, gpa=DATA + 4 * turn, access=read, allowed=---, walk=0, rip=load
        set     rax, 100 + turn
        resume  at=answered
%assign turn turn + 1
%endrep

        repeat  3
        expect  io_instruction, port=0x80, direction=out, size=1
        skip
        expect  io_instruction, direction=in
        or      cpuid, rax=5, view=1
        or      hlt
        skip
        end_repeat

        expect  ept_violation, access=fetch, allowed=rw-, view=1
        resume

        expect  ept_violation, access=write|read?, rip=0x1015, GUEST_CR3=0|0xfff?, \
                rax=turn|1|6?
        holds   DATA + 2, byte=0
        holds   DATA + 2, word=0
        holds   DATA + 4, dword=0
        holds   DATA,     qword=0
        flags   DATA,     none
        flags   DATA + 8, accessed | dirty
        flags   LARGE,    accessed|dirty?
        flags   LARGE,    accessed, level=pml4
        flags   LARGE,    none, view=2
        flags   LARGE,    accessed, level=pml4, view=1
        clear_flags DATA, view=2
        remap   DATA, access=r--, view=1
        split   BOTH, view=1
        split   LARGE
        revision DATA
        write   DATA, byte=1
        vmcs    SECONDARY_CONTROLS, clear=SECONDARY_enable_vpid
        vmcs    EPT_POINTER, view=0
        clear_flags DATA
        vmcs    MSR_BITMAPS, page=LARGE
        remap   DATA, access=rw-
        remap   DATA, access=rw-, type=wb, entry_bits=1 << 63
        entry   0xffe00000, level=pdpt, access=---
        invept
        invept  single
        invept  single, view=2
        invept  all
        invvpid address, linear=DATA
        invvpid single, vpid=3
        invvpid all
        invvpid retaining_globals
        resume

        expect  hlt, rcx=3, rdx=201, view=0, host_cr0=1|2?, host_idtr_limit=0xffff
        host_msr 0xc0000080, value=0x500
        interrupt 0x40
        nmi
        init
        finish

guest CODE, mode=flat32

        xor     ecx, ecx
load:   mov     ebx, [TABLE + 4 * ecx]
        mov     eax, [ebx]
answered:
        out     0x80, al
        inc     dword [DATA]
        hlt
interrupt:
nmi:
init:

contents TABLE
        dd      DATA, DATA + 4

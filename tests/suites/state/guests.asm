; guests.asm -- guests that change registers of their own, and the descriptors that they load
;
; Each is copied to CODE_AT and ends with VMCALL.  RSP is STACK_TOP.

%include "kernel/bits.inc"
%include "kernel/msr.inc"

%define NUMBER(name, value) name equ value
%include "tests/suites/state/numbers.def"
%undef NUMBER

section .rodata align=8

; descriptor BASE, LIMIT, RIGHTS: the rights as the VMCS has them; the limit counts as G says.
%macro descriptor 3
        dw      (%2) & 0xffff, (%1) & 0xffff
        db      (%1) >> 16 & 0xff, (%3) & 0xff
        db      (%3) >> 8 & 0xf0 | (%2) >> 16, (%1) >> 24 & 0xff
%endmacro

; With a base of 64 bits, for a table or a task-state segment.
%macro wide_descriptor 3
        descriptor (%1) & 0xffffffff, %2, %3
        dq      (%1) >> 32
%endmacro

global state_descriptors, state_descriptors_end
state_descriptors:
        dq      0
        descriptor 0,         0xfffff, 0xa09b           ; CODE
        descriptor 0,         0xfffff, 0xc093           ; DATA
        dq      0
        descriptor 0x412000,  0x1234,  0x1090           ; READ_ONLY, not accessed
        descriptor 0x7000,    0x10,    0xc097           ; EXPAND_DOWN
        descriptor 0,         0xfffff, 0xa09f           ; CONFORMING
        descriptor 0,         0xfffff, 0xc09b           ; CODE_32
        descriptor 0,         0xfffff, 0x809b           ; CODE_16
        descriptor 0,         0xfffff, 0xa0fb           ; USER_CODE
        descriptor 0,         0xfffff, 0xc0f3           ; USER_DATA
        descriptor 0,         0xfffff, 0xa0bb           ; CODE_OF_LEVEL_1
        wide_descriptor LOCAL_BASE, 0x37, 0x82          ; LOCAL_TABLE
        wide_descriptor TASK_BASE, 0x1067, 0x89         ; TASK, available
state_descriptors_end:

%macro guest 1                          ; guest NAME: its code follows
global state_guest_%1
%[state_guest_%1]:
%define here state_guest_%1
%endmacro

%define at_run_time(label) (CODE_AT + (label) - here)

bits 64

;       RCX: number of an MSR, RSI: its new value; the old one goes to RBX.
guest msr
        rdmsr
        shl     rdx, 32
        lea     rbx, [rax + rdx]
        mov     rax, rsi
        mov     rdx, rsi
        shr     rdx, 32
        wrmsr
        vmcall

;       RSI: the new value of DR7; the old one goes to RBX.
guest dr7
        mov     rbx, dr7
        mov     dr7, rsi
        vmcall

;       RSI: the new value of CR3; the old one goes to RBX.
guest cr3
        mov     rbx, cr3
        mov     cr3, rsi
        vmcall

guest control_registers
        mov     rax, cr0
        or      rax, CR0_SET
        mov     cr0, rax
        mov     rax, cr4
        or      rax, CR4_SET
        mov     cr4, rax
        vmcall

;       The same bytes with 32 and with 64 bits.
guest data_segments
        mov     eax, READ_ONLY
        mov     ds, eax
        mov     eax, USER_DATA + 3
        mov     es, eax
        mov     eax, EXPAND_DOWN
        mov     fs, eax
        mov     eax, CODE_32
        mov     gs, eax
        vmcall

guest null_segments
        xor     eax, eax
        mov     ds, eax
        mov     fs, eax
        mov     eax, 3
        mov     es, eax
        mov     gs, eax
        vmcall

guest null_segment_with_base
        xor     eax, eax
        mov     fs, eax
        mov     gs, eax
        mov     ecx, IA32_FS_BASE
        mov     eax, SEGMENT_BASE & 0xffffffff
        mov     edx, SEGMENT_BASE >> 32
        wrmsr
        mov     ecx, IA32_GS_BASE
        wrmsr
        vmcall

;       The instruction behind MOV SS ends its blocking.
guest null_stack_segment
        xor     eax, eax
        mov     ss, eax
        nop
        vmcall

guest privilege_level_1
        push    1                       ; SS: null
        push    STACK_TOP
        push    CODE_OF_LEVEL_1 + 1
        push    at_run_time(.there)
        retfq
.there: vmcall

guest privilege_level_3
        push    USER_DATA + 3
        push    STACK_TOP
        push    USER_CODE + 3
        push    at_run_time(.there)
        retfq
.there: vmcall

guest conforming_code
        push    USER_DATA + 3
        push    STACK_TOP
        push    USER_CODE + 3
        push    at_run_time(.there)
        retfq
.there: jmp     far dword [rel .conforming]
.end:   vmcall
.conforming:
        dd      at_run_time(.end)
        dw      CONFORMING

guest compatibility_mode
        push    CODE_32
        push    at_run_time(.there)
        retfq
.there: vmcall

guest compatibility_mode_of_16_bits
        push    CODE_16
        push    at_run_time(.there)
        retfq
.there: vmcall

guest local_table
        mov     eax, LOCAL_TABLE
        lldt    ax
        vmcall

guest null_local_table
        mov     eax, LOCAL_TABLE
        lldt    ax
        xor     eax, eax
        lldt    ax
        vmcall

guest task
        mov     eax, TASK
        ltr     ax
        vmcall

guest descriptor_tables
        lgdt    [rel .gdt]
        lidt    [rel .idt]
        vmcall
.gdt:   dw      0xfff7
        dq      GDT_BASE
.idt:   dw      0x1fff
        dq      IDT_BASE

;       To compatibility mode, and from there to protected mode without paging.
guest leaving_ia_32e_mode
        push    CODE_32
        push    at_run_time(.there)
        retfq
        bits 32
.there: mov     eax, cr0
        and     eax, ~CR0_PG
        mov     cr0, eax
        vmcall

guest descriptor_tables_of_32_bits
        lgdt    [at_run_time(.gdt)]
        o16 lidt [at_run_time(.idt)]            ; 24 bits of the base count
        vmcall
.gdt:   dw      0x7f
        dd      GDT_BASE & 0xffffffff
.idt:   dw      0x2f
        dd      IDT_BASE & 0xffffffff

;       What is in memory is another value when the exit comes.
guest pointers
        mov     eax, POINTERS
        mov     cr3, eax
        mov     dword [eax], 0
        mov     dword [eax + 8], 0xffe05001
        vmcall

        times BYTES_OF_A_GUEST db 0    ; so many are copied of the last guest, too

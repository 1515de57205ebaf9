; boot.asm -- from the boot loader, which enters in 32-bit protected mode, to C in 64-bit mode
; (Multiboot2 specification, "OS image format"; Xen, "x86/HVM direct boot ABI";
; SDM vol. 3, "Initializing IA-32e Mode")

%include "kernel/bits.inc"
%include "kernel/msr.inc"
%include "kernel/selectors.inc"

MULTIBOOT2_HEADER_MAGIC equ     0xe85250d6
ARCHITECTURE_I386       equ     0
TAG_END                 equ     0
TAG_INFORMATION_REQUEST equ     1
TAG_IS_OPTIONAL         equ     1
TAG_MODULE_ALIGNMENT    equ     6

PVH_MAGIC               equ     0x336ec578      ; what struct hvm_start_info begins with
NOTE_PHYS32_ENTRY       equ     18

TABLE                   equ     PAGING_PRESENT | PAGING_WRITABLE
IMAGE_AT                equ     0x200000

section .multiboot2 progbits alloc noexec nowrite align=8
header: dd      MULTIBOOT2_HEADER_MAGIC, ARCHITECTURE_I386, header_end - header
        dd      -(MULTIBOOT2_HEADER_MAGIC + ARCHITECTURE_I386 + (header_end - header))
        align   8
request:
        dw      TAG_INFORMATION_REQUEST, TAG_IS_OPTIONAL
        dd      request_end - request
        dd      1, 2, 3, 6, 14, 15      ; command line, loader, modules, memory map, ACPI old and new
request_end:
        align   8
        dw      TAG_MODULE_ALIGNMENT, 0
        dd      8
        align   8
        dw      TAG_END, 0
        dd      8
header_end:

section .note.pvh note alloc noexec nowrite align=4
        dd      4, 8, NOTE_PHYS32_ENTRY ; sizes of the name and of the description
        db      "Xen", 0
        dq      enter_from_pvh          ; QEMU reads 64 bits, as this is a 64-bit ELF file

section .boot progbits alloc exec nowrite
bits 32

extern require_64_bit_mode, stack_end, gdt_pointer, start_tsc, kernel_start
extern pml4_table, page_directory_pointers, page_directories

global enter_from_multiboot2
enter_from_pvh:
        mov     eax, PVH_MAGIC
enter_from_multiboot2:
        mov     edi, eax                ; which protocol, and where its information is:
        mov     esi, ebx                ; the arguments of kernel_start()
        rdtsc
        mov     [start_tsc], eax
        mov     [start_tsc + 4], edx

; The protocols say little of CR0, nothing of CR4, and that EFLAGS.IF and VM are 0.  So CR4 may have
; any bit set, such as LA57, CET or SMEP, and EFLAGS the bit NT, with which IRETQ faults.  Paging goes
; first, as most bits of CR4 are about it; and WP stays on, as CET needs it.
        mov     eax, CR0_WP | CR0_NE | CR0_ET | CR0_MP | CR0_PE
        mov     cr0, eax
        xor     eax, eax
        mov     cr4, eax
        mov     esp, stack_end
        push    dword RFLAGS_FIXED
        popfd
        call    require_64_bit_mode

; These are the tables that paging.c will complete.  So far they map the image alone.
        mov     dword [pml4_table], page_directory_pointers + TABLE
        mov     dword [page_directory_pointers], page_directories + TABLE
        mov     dword [page_directories + 8 * (IMAGE_AT >> 21)], IMAGE_AT | TABLE | PAGING_LARGE

        mov     eax, pml4_table
        mov     cr3, eax
        mov     eax, CR4_PAE
        mov     cr4, eax
        mov     ecx, IA32_EFER
        mov     eax, EFER_LME | EFER_NXE
        xor     edx, edx
        wrmsr
        mov     eax, CR0_PG | CR0_WP | CR0_NE | CR0_ET | CR0_MP | CR0_PE
        mov     cr0, eax
        lgdt    [gdt_pointer]
        jmp     KERNEL_CODE:in_64_bit_mode

bits 64
in_64_bit_mode:
        mov     eax, KERNEL_DATA
        mov     ds, eax
        mov     es, eax
        mov     ss, eax
        xor     eax, eax
        mov     fs, eax
        mov     gs, eax
        xor     ebp, ebp                ; a backtrace ends at the frame pointer 0
        mov     edi, edi                ; clears the upper halves, which are undefined here
        mov     esi, esi
        call    kernel_start            ; never comes back

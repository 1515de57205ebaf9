; loader.asm -- an option ROM that boots the disk of disk.asm: no boot menu, no boot loader, no
; unpacking (they would triple what booting Linux costs in an emulator)
;
; It reads the disk to where its table says, adds the BIOS' memory map to the start information, and
; enters Linux as PVH has it (docs/misc/pvh.pandoc of Xen): 32 bits, no paging, EBX at the start
; information.  ENTRY is where; CHECKSUM makes the sum of all bytes 0.

%include "tests/kvm/layout.inc"

STACK           equ     0x7000
CODE_COPY       equ     0x7000          ; the ROM's 32-bit code, in memory
BIOS_MAP        equ     0x8000          ; as INT 15H, AX=E820H gives it
BIOS_ENTRY      equ     20              ; size; PVH's is that and 4 bytes more
SMAP            equ     0x534d4150

ATA_DATA        equ     0x1f0
ATA_COUNT       equ     0x1f2
ATA_DEVICE      equ     0x1f6
ATA_COMMAND     equ     0x1f7           ; and status
SECTORS_AT_ONCE equ     256
READ_SECTORS    equ     0x20
BUSY            equ     0x80
DATA_READY      equ     0x08
LBA_MODE        equ     0xe0

        org     0
        bits    16
        db      0x55, 0xaa, ROM_SIZE / SECTOR
        jmp     start

start:  cli
        cld
        xor     ax, ax
        mov     es, ax
        mov     ss, ax
        mov     sp, STACK
        mov     ds, ax

        mov     di, BIOS_MAP
        xor     ebx, ebx
        xor     bp, bp                  ; number of entries
.range: mov     eax, 0xe820
        mov     ecx, BIOS_ENTRY
        mov     edx, SMAP
        int     0x15
        jc      .mapped
        add     di, BIOS_ENTRY
        inc     bp
        test    ebx, ebx
        jnz     .range

.mapped:
        cli
        mov     al, 0xff                ; no interrupts: there is nobody to take them
        out     0x21, al
        out     0xa1, al
        in      al, 0x92                ; A20
        or      al, 2
        and     al, 0xfe
        out     0x92, al

        mov     si, protected           ; the ROM may go away, and its segments do
        mov     di, CODE_COPY
        mov     cx, protected_end - protected
        cs rep movsb
        lgdt    [CODE_COPY + descriptors.pointer - protected]
        mov     eax, cr0
        or      al, 1
        mov     cr0, eax
        jmp     dword 0x08:CODE_COPY

        bits    32
protected:
        mov     ax, 0x10
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     esp, STACK

        mov     edi, HEAD
        xor     ebx, ebx
        mov     ecx, HEAD_SIZE / SECTOR
        call    read
        mov     esi, HEAD
.part:  mov     edi, [esi]
        mov     ebx, [esi + 4]
        mov     ecx, [esi + 8]
        jecxz   .loaded
        call    read
        add     esi, PART_SIZE
        jmp     .part

.loaded:
        movzx   ebp, bp
        mov     [START_INFO + MEMORY_MAP_ENTRIES], ebp
        mov     esi, BIOS_MAP
        mov     edi, MEMORY_MAP
.entry: mov     ecx, BIOS_ENTRY
        rep movsb
        xor     eax, eax
        stosd
        dec     ebp
        jnz     .entry
        mov     ebx, START_INFO
        mov     eax, ENTRY
        jmp     eax

; Reads ECX sectors, from number EBX on, to EDI.
read:   push    esi
.next:  mov     eax, ebx
        shr     eax, 24
        or      al, LBA_MODE
        mov     dx, ATA_DEVICE
        out     dx, al
        mov     esi, SECTORS_AT_ONCE
        cmp     ecx, esi
        jae     .count
        mov     esi, ecx
.count: mov     eax, esi                ; 256 is written as 0
        mov     dx, ATA_COUNT
        out     dx, al
        mov     eax, ebx
        inc     edx
        out     dx, al
        shr     eax, 8
        inc     edx
        out     dx, al
        shr     eax, 8
        inc     edx
        out     dx, al
        mov     al, READ_SECTORS
        mov     dx, ATA_COMMAND
        out     dx, al
        add     ebx, esi
        sub     ecx, esi
        push    ecx
.wait:  mov     dx, ATA_COMMAND
        in      al, dx
        test    al, BUSY
        jnz     .wait
        test    al, DATA_READY
        jz      .wait
        mov     dx, ATA_DATA
        mov     ecx, SECTOR / 4
        rep insd
        dec     esi
        jnz     .wait
        pop     ecx
        test    ecx, ecx
        jnz     .next
        pop     esi
        ret

        align   8
descriptors:
        dq      0
        dq      0x00cf9a000000ffff      ; 0x08: flat 32-bit code
        dq      0x00cf92000000ffff      ; 0x10: flat data
.pointer:
        dw      $ - descriptors - 1
        dd      CODE_COPY + descriptors - protected
protected_end:

        times   SECTOR - 1 - ($ - $$) db 0
        db      CHECKSUM
ROM_SIZE        equ     $ - $$

; loader.asm -- an option ROM that boots a disk in Bochs, without boot menu, boot loader and
; unpacking (these would be most of what it costs to boot a scenario or Linux in an emulator)
;
; tests/command/pvh_disk.py (for Trapline) or tests/kvm/disk.asm (for Linux) makes the disk.  The
; ROM reads the parts of the disk to where the disk's table says, adds the BIOS' memory map to the
; start information, and enters the kernel as PVH requires it (docs/misc/pvh.pandoc of Xen): in
; 32-bit mode without paging, with EBX pointing to the start information.  CHECKSUM makes the sum of
; all bytes of the ROM 0.

%include "iso/layout.inc"

STACK           equ     0x7000
CODE_COPY       equ     0x7000          ; here the ROM copies its 32-bit code
BIOS_MAP        equ     0x8000          ; the memory map that INT 15H, AX=E820H gives
BIOS_ENTRY      equ     20              ; size of its entries; an entry of PVH has 4 bytes more
SMAP            equ     0x534d4150

PIC_MASTER      equ     0x20
PIC_SLAVE       equ     0xa0
BIT_OF_SLAVE    equ     0x04
BIT_OF_DISK     equ     0x40
DISK_VECTOR     equ     0x76            ; the BIOS lets the slave begin at 0x70
END_INTERRUPT   equ     0x20

ATA_COUNT       equ     0x1f2
ATA_DEVICE      equ     0x1f6
ATA_COMMAND     equ     0x1f7           ; the status when it is read
READ_DMA        equ     0xc8
LBA_MODE        equ     0xe0

; The ROM lets Bochs' IDE controller, a PIIX3, write to memory itself (Intel, "82371SB PCI ISA IDE
; Xcelerator").  Through a port each double word would cost the emulator as much as three
; instructions.
PCI_ADDRESS     equ     0xcf8
PCI_DATA        equ     0xcfc
IDE_COMMAND     equ     0x80000904      ; function 1 of device 1
IDE_PORTS       equ     0x80000920
BUS_MASTER      equ     0x05            ; bus master, and I/O space so that it has ports
REGION          equ     0x7800          ; what the controller is to move: address, size and END
END             equ     0x80000000
GATES           equ     0x7900
DISK_GATE       equ     GATES + 8 * DISK_VECTOR
dma_ports       equ     0x7808          ; holds the number of the controller's first DMA port
SECTORS_AT_ONCE equ     128             ; 64 KiB, the largest region
DMA_COMMAND     equ     0
DMA_REGION      equ     4
TO_MEMORY       equ     0x08
START           equ     0x01

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
        mov     al, ~BIT_OF_SLAVE       ; no interrupt but the disk's
        out     PIC_MASTER + 1, al
        mov     al, ~BIT_OF_DISK
        out     PIC_SLAVE + 1, al
        in      al, 0x92                ; A20
        or      al, 2
        and     al, 0xfe
        out     0x92, al

        mov     si, protected           ; the 32-bit code must not need the ROM any more
        mov     di, CODE_COPY
        mov     cx, protected_end - protected
        cs rep movsb
        lgdt    [CODE_COPY + descriptors.pointer - protected]
        lidt    [CODE_COPY + gates - protected]
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
        mov     word [DISK_GATE], CODE_COPY + disk_interrupt - protected
        mov     dword [DISK_GATE + 2], 0x8e000008       ; a 32-bit interrupt gate into the code
        and     word [DISK_GATE + 6], 0

        mov     dx, PCI_ADDRESS
        mov     eax, IDE_COMMAND
        out     dx, eax
        mov     dl, PCI_DATA & 0xff
        mov     al, BUS_MASTER
        out     dx, al
        mov     dl, PCI_ADDRESS & 0xff
        mov     eax, IDE_PORTS
        out     dx, eax
        mov     dl, PCI_DATA & 0xff
        in      eax, dx
        and     al, ~3
        mov     [dma_ports], eax

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
        jmp     [ENTRY]

; Reads ECX sectors, from number EBX on, to EDI.
read:   push    esi
.next:  mov     esi, SECTORS_AT_ONCE
        cmp     ecx, esi
        jae     .region
        mov     esi, ecx
.region:
        mov     [REGION], edi
        mov     eax, esi
        shl     eax, 9
        add     edi, eax
        movzx   eax, ax                 ; 64 KiB are written as 0
        or      eax, END
        mov     [REGION + 4], eax
        mov     edx, [dma_ports]
        add     edx, DMA_REGION
        mov     eax, REGION
        out     dx, eax

        mov     eax, ebx
        shr     eax, 24
        or      al, LBA_MODE
        mov     dx, ATA_DEVICE
        out     dx, al
        mov     eax, esi
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
        mov     al, READ_DMA
        mov     dx, ATA_COMMAND
        out     dx, al

        mov     edx, [dma_ports]
        mov     al, TO_MEMORY | START
        out     dx, al
        sti                             ; the interrupt cannot come before HLT, and ends it
        hlt
        cli
        mov     al, TO_MEMORY
        out     dx, al
        add     ebx, esi
        sub     ecx, esi
        jnz     .next
        pop     esi
        ret

; Reading the status makes the disk withdraw its interrupt request.
disk_interrupt:
        push    eax
        push    edx
        mov     dx, ATA_COMMAND
        in      al, dx
        mov     al, END_INTERRUPT
        out     PIC_SLAVE, al
        out     PIC_MASTER, al
        pop     edx
        pop     eax
        iret

gates:  dw      8 * DISK_VECTOR + 7
        dd      GATES

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

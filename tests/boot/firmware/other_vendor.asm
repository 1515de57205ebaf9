; other_vendor.asm -- nothing says that the machine is an emulator's: the RSDP names another vendor
; than BOCHS (Intel 440FX, "Programmable Attribute Map": the BIOS' last 64 KiB may be written)
PCI_ADDRESS     equ     0xcf8
PCI_DATA        equ     0xcfc
ATTRIBUTES_AT   equ     0x59            ; of the host bridge
READ_WRITE      equ     0x30
        mov     dx, PCI_ADDRESS
        mov     eax, 0x80000000 | (ATTRIBUTES_AT & ~3)
        out     dx, eax
        mov     dx, PCI_DATA + (ATTRIBUTES_AT & 3)
        mov     al, READ_WRITE
        out     dx, al
        mov     esi, 0xf0000
find_rsdp:
        cmp     dword [esi], 'RSD '
        je      name_vendor
        add     esi, 16
        cmp     esi, 0x100000
        jb      find_rsdp
name_vendor:
        ror     word [esi + 9], 8       ; OBCHS, with the same checksum

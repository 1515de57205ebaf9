; refusal.asm -- on a processor that cannot run the kernel, a report of one line says why

%include "kernel/table_heading.inc"

CPUID_EXTENDED_MAX      equ     0x80000000
CPUID_EXTENDED_FEATURES equ     0x80000001
LONG_MODE_AT            equ     29              ; in EDX
EXECUTE_DISABLE_AT      equ     20
HYPERVISOR_AT           equ     31              ; of CPUID.1:ECX

ROM_START               equ     0xe0000         ; a BIOS' ROM
ROM_END                 equ     0x100000

%macro define_port 2
%2      equ     %1
%endmacro
%define PORT(number, name) define_port number, name
%include "drivers/ports.def"
%undef PORT

LINE_CONTROL            equ     COM1 + 3
LINE_STATUS             equ     COM1 + 5
LINE_8N1                equ     3
STATUS_ALL_SENT         equ     1 << 6
POLLS_MAX               equ     1 << 20

EXIT_SKIPPED            equ     77              ; drivers/exit_device.h

section .rodata
no_long_mode:
        db      "TAP version 13", 10, "1..0 # SKIP CPUID.80000001H:EDX[29] is 0: "
        db      "this processor, or the one configured for this machine, has no 64-bit mode", 10, 0
no_execute_disable:
        db      "TAP version 13", 10, "1..0 # SKIP CPUID.80000001H:EDX[20] is 0: "
        db      "this processor, or its firmware's settings, has no execute-disable bit", 10, 0
shutdown:
        db      "Shutdown", 0

section .boot
bits 32

;       void require_64_bit_mode(void);  leaves EDI and ESI alone
global require_64_bit_mode
require_64_bit_mode:
        mov     eax, CPUID_EXTENDED_MAX
        cpuid
        cmp     eax, CPUID_EXTENDED_FEATURES
        mov     ebp, no_long_mode
        jb      refuse
        mov     eax, CPUID_EXTENDED_FEATURES
        cpuid
        bt      edx, LONG_MODE_AT
        jnc     refuse
        mov     ebp, no_execute_disable
        bt      edx, EXECUTE_DISABLE_AT
        jnc     refuse
        ret

refuse: mov     dx, LINE_CONTROL
        mov     al, LINE_8N1
        out     dx, al
        mov     esi, ebp
        call    send_text
        call    require_emulator
        mov     al, EXIT_SKIPPED
        out     QEMU_DEBUG_EXIT, al
        mov     esi, shutdown
        mov     dx, BOCHS_SHUTDOWN
.next:  lodsb
        out     dx, al
        test    al, al
        jnz     .next
stop:   cli
        hlt
        jmp     stop

; Returns only where the machine is an emulator's, as kernel/start.c and kernel/acpi.c have it: at the
; ports that end such a machine another one may have some device.
require_emulator:
        mov     eax, 1
        cpuid
        bt      ecx, HYPERVISOR_AT
        jc      .yes
        mov     esi, ROM_START
.next:  cmp     dword [esi], 'RSD '             ; the RSDP, whose OEM begins at its ninth byte
        jne     .no
        cmp     dword [esi + 9], 'BOCH'
        je      .yes
.no:    add     esi, 16
        cmp     esi, ROM_END
        jb      .next
        jmp     stop
.yes:   ret

send_text:
        lodsb
        test    al, al
        jz      .done
        mov     dx, COM1
        out     dx, al
        mov     dx, LINE_STATUS
        mov     ecx, POLLS_MAX
.poll:  in      al, dx
        test    al, STATUS_ALL_SENT
        loopz   .poll
        jmp     send_text
.done:  ret

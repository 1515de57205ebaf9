; extension.asm -- what suites.bin begins and ends with (struct extension_header in
; tests/module/extension.h); linker.ld beside it, and the kernel, define the numbers as absolute
; symbols

VERSION         equ     2

section .header progbits alloc noexec nowrite align=8

extern kernel_identity_value, image_room
extern size_of_file, size_of_memory, offset_of_user, offset_of_rodata, offset_of_data
extern offset_of_explain_entry
extern offset_of_fixups, end_of_fixups, offset_of_symbols, end_of_symbols
extern offset_of_tests, offset_of_tests_on_request, end_of_tests

        db      "TRAPLINE"
        dw      VERSION, 0
        dd      size_of_file
        dq      kernel_identity_value, image_room
        dd      size_of_memory, offset_of_user, offset_of_rodata, offset_of_data
        dd      offset_of_explain_entry
        dd      offset_of_fixups, end_of_fixups, offset_of_symbols, end_of_symbols
        dd      offset_of_tests, offset_of_tests_on_request, end_of_tests

section .trailer progbits alloc noexec write align=1

        db      "ENILPART"

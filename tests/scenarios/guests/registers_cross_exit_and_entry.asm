; Neither a VM exit nor a VM entry changes a general register: the host finds what the guest left in
; them, and the guest finds what the host has put into them.
; SDM vol. 3, "Saving Guest State"; "Loading Guest State".

%include "scenario.inc"

scenario "every general register crosses a VM exit and a VM entry unchanged"

        rule    rsp_and_rflags_saved
        rule_in_part host_rip_rsp_rflags_loaded
        page    CODE, at=0x1000, access=r-x

        expect  vmcall, rax=0x10, rcx=0x11, rdx=0x12, rbx=0x13, rsp=0x14, rbp=0x15, rsi=0x16, \
                rdi=0x17, r8=0x18, r9=0x19, r10=0x1a, r11=0x1b, r12=0x1c, r13=0x1d, r14=0x1e, \
                r15=0x1f
        set     rax, 0x20
        set     rcx, 0x21
        set     rdx, 0x22
        set     rbx, 0x23
        set     rsp, 0x24
        set     rbp, 0x25
        set     rsi, 0x26
        set     rdi, 0x27
        set     r8,  0x28
        set     r9,  0x29
        set     r10, 0x2a
        set     r11, 0x2b
        set     r12, 0x2c
        set     r13, 0x2d
        set     r14, 0x2e
        set     r15, 0x2f
        skip

        expect  vmcall, rax=0x120, rcx=0x121, rdx=0x122, rbx=0x123, rsp=0x124, rbp=0x125, \
                rsi=0x126, rdi=0x127, r8=0x128, r9=0x129, r10=0x12a, r11=0x12b, r12=0x12c, \
                r13=0x12d, r14=0x12e, r15=0x12f
        finish

guest CODE

%assign value 0x10
%macro put 1
        mov     %1, value
%assign value value + 1
%endmacro
%macro each 1                           ; each MACRO: uses it for every general register
        %1      rax
        %1      rcx
        %1      rdx
        %1      rbx
        %1      rsp
        %1      rbp
        %1      rsi
        %1      rdi
        %1      r8
        %1      r9
        %1      r10
        %1      r11
        %1      r12
        %1      r13
        %1      r14
        %1      r15
%endmacro
%macro raise 1
        add     %1, 0x100
%endmacro

        each    put
        vmcall
        each    raise
        vmcall

; The default mode: 64-bit code at privilege level 0; linear addresses equal physical ones.
; SDM vol. 3, "IA-32e Mode Operation"; "Guest Register State".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "a 64-bit guest starts with paging, zeros in its registers and RFLAGS 2"

        rule    link_pointer_of_ones_is_not_checked, control_registers_saved
        page    CODE, at=0x1000, access=r-x

        expect  vmcall, rip=start, rax=0, rbx=0, rcx=0, rdx=0, rsi=0, rdi=0, rbp=0, rsp=0, rflags=2
        skip
        expect  vmcall, rax=CR0_PE | CR0_PG, rcx=-1
        finish

guest CODE

start:  vmcall
        mov     rax, cr0
        and     eax, CR0_PE | CR0_PG
        xor     ecx, ecx
        dec     rcx                     ; 0x48 is a REX prefix here, else DEC EAX
        vmcall

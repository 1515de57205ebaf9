; Without paging a linear address is a guest-physical address.  Such a guest needs "unrestricted
; guest", which mode=flat32 asks for by itself.
; SDM vol. 3, "Unrestricted Guests".

%include "scenario.inc"

scenario "a 32-bit guest without paging runs, and its addresses are guest-physical"

        rule    unrestricted_guest_needs_no_paging
        rule_in_part vmcall_in_non_root_operation
        page    CODE, at=0x1000,     access=r-x
        page    DATA, at=0xffc00000, access=---

        expect  ept_violation, gpa=DATA+4, gla=DATA+4, access=write, rip=store
        remap   DATA, access=rw-
        resume

        expect  vmcall, rax=0, rcx=0xffffffff, rsp=0
        holds   DATA+4, dword=0xffffffff
        finish

guest CODE, mode=flat32

        mov     eax, cr0
        and     eax, 1 << 31            ; CR0.PG
        xor     ecx, ecx
        dec     ecx                     ; one byte here, a REX prefix in 64-bit mode
store:  mov     [DATA + 4], ecx
        vmcall

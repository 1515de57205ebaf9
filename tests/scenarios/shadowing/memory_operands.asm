; SDM vol. 3, "VMREAD--Read Field from Virtual-Machine Control Structure": the operand in memory is
; an access like any other.

%include "scenario.inc"

scenario "VMREAD from a shadow VMCS to memory that EPT does not allow is an EPT violation"

        rule    vmread_in_non_root_operation
        needs   vmcs_shadowing
        page    CODE,   at=0x1000, access=r-x
        page    SHADOW, at=0x2000, access=---
        page    ZEROS,  at=0x3000, access=---
        page    DATA,   at=0x4000, access=r--
        revision SHADOW, shadow=1
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_vmcs_shadowing
        vmcs    VMCS_LINK_POINTER, page=SHADOW
        vmcs    VMREAD_BITMAP_ADDRESS,  page=ZEROS
        vmcs    VMWRITE_BITMAP_ADDRESS, page=ZEROS

        expect  ept_violation, gpa=DATA + 8, access=write, allowed=r--, rip=read
        otherwise vmcall
        remap   DATA, access=rw-
        resume
        expect  vmcall, rflags=2
        holds   DATA + 8, qword=0x1234
        finish

guest CODE

        mov     ebx, DATA
        mov     eax, 0x800
        mov     ecx, 0x1234
        vmwrite rax, rcx
        twist   jmp read
        untwisted jmp behind
read:   vmread  [rbx + 8], rax
behind: vmcall

contents DATA
        dq      0, -1

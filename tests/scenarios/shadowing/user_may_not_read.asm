; SDM vol. 3, "VMREAD--Read Field from Virtual-Machine Control Structure": whether it exits is
; decided before the CPL is looked at.

%include "scenario.inc"
%include "guest.inc"

scenario "VMREAD at CPL 3 of a field whose bit is clear is #GP, and exits if it is set"

        rule    vmcs_shadowing, vmread_in_non_root_operation
        needs   vmcs_shadowing
        page    CODE,   at=0x1000, access=r-x
        page    SHADOW, at=0x2000, access=---
        page    READS,  at=0x3000, access=---
        page    WRITES, at=0x4000, access=---
        user_mode
        revision SHADOW, shadow=1
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_vmcs_shadowing
        vmcs    VMCS_LINK_POINTER, page=SHADOW
        vmcs    VMREAD_BITMAP_ADDRESS,  page=READS
        vmcs    VMWRITE_BITMAP_ADDRESS, page=WRITES

        expect  exception_or_nmi, vector=VECTOR_GP, error=0, rip=CODE + 5
        otherwise vmread, rip=CODE + 5
        finish

guest CODE

        mov     eax, 0x800
        vmread  rbx, rax
        vmcall

contents READS
        times 0x800 / 8 db 0
        twist   db 0
        untwisted db 1

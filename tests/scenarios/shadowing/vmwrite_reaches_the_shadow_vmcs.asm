; exits/vmread_bitmap has the same of VMREAD.
; SDM vol. 3, "VMWRITE--Write Field to Virtual-Machine Control Structure"; "VMCS Shadowing Bitmap
; Addresses".

%include "scenario.inc"

%define ES      vmcs_field_GUEST_ES_SELECTOR    ; an encoding is the number of a bit
%define CS      vmcs_field_GUEST_CS_SELECTOR

scenario "VMWRITE of a field whose bit is 0 writes the shadow VMCS, and of another one exits"

        rule    vmcs_shadowing, vmwrite_in_non_root_operation
        needs   vmcs_shadowing
        page    CODE,   at=0x1000, access=r-x
        page    SHADOW, at=0x2000, access=---
        page    READS,  at=0x3000, access=---
        page    WRITES, at=0x4000, access=---
        revision SHADOW, shadow=1
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_vmcs_shadowing
        vmcs    VMCS_LINK_POINTER, page=SHADOW
        vmcs    VMREAD_BITMAP_ADDRESS,  page=READS
        vmcs    VMWRITE_BITMAP_ADDRESS, page=WRITES
        twist   write WRITES + CS / 8, byte=1 << (CS & 7)

        expect  vmwrite, rip=exits
        otherwise vmcall, rbx=0x1234, rflags=2
        skip
        expect  vmcall, rbx=0x1234, rflags=2
        finish

guest CODE

        mov     ecx, 0x1234
        mov     eax, CS
exits:  vmwrite rax, rcx
        mov     eax, ES
        vmwrite rax, rcx
        vmread  rbx, rax
        vmcall

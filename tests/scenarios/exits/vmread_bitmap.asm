; The guest writes a field of the shadow VMCS and reads it back.  The bit of another field is set in
; the bitmap.
; SDM vol. 3, "VMCS Shadowing Bitmap Addresses"; "VMREAD--Read Field from Virtual-Machine Control
; Structure".

%include "scenario.inc"

%define ES      vmcs_field_GUEST_ES_SELECTOR    ; an encoding is the number of a bit
%define CS      vmcs_field_GUEST_CS_SELECTOR

scenario "VMREAD of a field whose bit is 0 reads the shadow VMCS, and of another one exits"

        rule_in_part vmcs_shadowing
        needs   vmcs_shadowing
        page    CODE,   at=0x1000, access=r-x
        page    SHADOW, at=0x2000, access=---
        page    READS,  at=0x3000, access=---
        page    WRITES, at=0x4000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_vmcs_shadowing
        vmcs    VMCS_LINK_POINTER,  page=SHADOW
        vmcs    VMREAD_BITMAP_ADDRESS,  page=READS
        vmcs    VMWRITE_BITMAP_ADDRESS, page=WRITES
        revision SHADOW, shadow=1
        twist   write READS + CS / 8, byte=1 << (CS & 7)

        expect  vmread, rip=exits
        otherwise vmcall, rbx=0x1234, rflags=2
        skip
        expect  vmcall, rbx=0x1234, rflags=2
        finish

guest CODE

        mov     eax, CS
exits:  vmread  rbx, rax
        mov     eax, ES
        mov     ecx, 0x1234
        vmwrite rax, rcx
        vmread  rbx, rax
        vmcall

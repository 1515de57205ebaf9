; SDM vol. 3, "MSR-Bitmap Address"; "Instructions That Cause VM Exits Conditionally"

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

%define READS_OF_HIGH_MSRS      1024            ; offsets in the bitmap
%define WRITES_OF_LOW_MSRS      2048

scenario "an MSR bitmap lets the guest read IA32_FS_BASE, and neither write it nor read another MSR"

        needs   msr_bitmaps
        rule_in_part msr_exits_by_bitmaps
        page    CODE,   at=0x1000, access=r-x
        page    BITMAP, at=0x2000, access=---
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_use_msr_bitmaps
        vmcs    MSR_BITMAPS, page=BITMAP
        vmcs    GUEST_FS_BASE, value=0x12345678

        expect  vmcall, rax=0x12345678, rdx=0
        otherwise rdmsr, rip=read
        skip
        expect  wrmsr, rcx=IA32_FS_BASE, rip=write
        skip
        expect  rdmsr, rcx=IA32_GS_BASE, rip=other
        finish

guest CODE
        mov     ecx, IA32_FS_BASE
read:   rdmsr
        vmcall
write:  wrmsr
        mov     ecx, IA32_GS_BASE
other:  rdmsr

contents BITMAP
        times READS_OF_HIGH_MSRS + 0x100 / 8 db 0xff
        db      ~(1 << (IA32_FS_BASE & 7)) & 0xff
        times PAGE_SIZE - ($ - $$) db 0xff

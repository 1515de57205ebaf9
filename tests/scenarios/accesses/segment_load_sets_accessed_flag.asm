; Loading a descriptor marks it as accessed; one that is accessed already needs no write.
; SDM vol. 3, "Code- and Data-Segment Descriptor Types"; "EPT Violations".

%include "scenario.inc"
%include "guest.inc"

scenario "loading a segment with a read-only GDT traps as a write unless it is accessed already"

        page    CODE, at=0x1000, access=r-x
        page    GDT,  at=0x2000, access=r--
        vmcs    GUEST_GDTR_BASE,  value=GDT
        vmcs    GUEST_GDTR_LIMIT, value=0x1f

        expect  ept_violation, gpa=GDT+0x18|7?, access=write|read?, allowed=r--, rip=mark, \
                GUEST_FS_SELECTOR=0x10, GUEST_ES_SELECTOR=0x13
        holds   GDT+0x18, qword=FLAT_DATA - NOT_ACCESSED
        remap   GDT, access=rw-
        resume
        expect  vmcall, GUEST_FS_SELECTOR=0x18
        holds   GDT+0x18, qword=FLAT_DATA
        finish

guest CODE

        mov     eax, 0x13
        mov     es, eax
        mov     eax, 0x18
mark:   mov     fs, eax
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA + DESCRIPTOR_DPL_3, FLAT_DATA - NOT_ACCESSED

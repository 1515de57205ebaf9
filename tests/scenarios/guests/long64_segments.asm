; This is what docs/scenarios.md promises about segments and tables that the author did not set.
; SDM vol. 3, "Guest Register State"; "Checks on Guest Segment Registers".

%include "scenario.inc"

%define FLAT_CODE       0xa09b                  ; accessed, readable, 64 bits wide
%define FLAT_DATA       0xc093                  ; accessed, writable
%define BUSY_TSS        0x8b
%define UNUSABLE        0x10000

scenario "a 64-bit guest starts with flat segments, a busy TSS, no LDT, and empty GDT and IDT"

        rule    segments_saved
        page    CODE, at=0x1000, access=r-x

        expect  vmcall, \
                GUEST_CS_ACCESS_RIGHTS=FLAT_CODE, GUEST_CS_BASE=0, GUEST_CS_LIMIT=0xffffffff, \
                GUEST_DS_ACCESS_RIGHTS=FLAT_DATA, GUEST_DS_BASE=0, GUEST_DS_LIMIT=0xffffffff, \
                GUEST_SS_ACCESS_RIGHTS=FLAT_DATA, GUEST_SS_BASE=0, GUEST_SS_LIMIT=0xffffffff, \
                GUEST_TR_ACCESS_RIGHTS=BUSY_TSS,  GUEST_TR_BASE=0, GUEST_TR_LIMIT=0x67, \
                GUEST_LDTR_ACCESS_RIGHTS=UNUSABLE|0x8f?, \
                GUEST_GDTR_BASE=0, GUEST_GDTR_LIMIT=0, GUEST_IDTR_BASE=0, GUEST_IDTR_LIMIT=0
        finish

guest CODE

        vmcall

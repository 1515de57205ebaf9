; With accessed and dirty flags for EPT, a read of a guest paging-structure entry counts as a write,
; even if all the guest's own flags are set already.  The exit then reports a read and a write.
; SDM vol. 3, "Accessed and Dirty Flags for EPT"; table "Exit Qualification for EPT Violations".

%include "scenario.inc"

%define EPTP_ACCESSED_DIRTY (1 << 6)
%define TABLE           0x23            ; present, writable, accessed
%define MAPPED          0xe3            ; the same, dirty, 2 MiB

scenario "with dirty flags for EPT a walk through read-only guest tables traps as a write"

        needs   accessed_dirty
        page    CODE,   at=0x1000,  access=r-x
        page    TABLES, at=0x10000, access=r--, size=3 * PAGE_SIZE
        set     cr3, TABLES
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY

        expect  ept_violation, gpa=TABLES, access=read|write, allowed=r--, walk=1, rip=start
        remap   TABLES, access=rw-
        resume

        expect  vmcall, rip=start
        finish

guest CODE

start:  vmcall

contents TABLES

        dq      TABLES + 0x1000 + TABLE
        times 511 dq 0
        dq      TABLES + 0x2000 + TABLE
        times 511 dq 0
        dq      0 + MAPPED

; pd_entry_not_present.asm -- below an entry that is not present nothing is allowed
; (SDM vol. 3, "EPT Translation Mechanism", "EPT Violations")

%include "scenario.inc"

%define BITS_OF_A_LEAF  0x1f << 3               ; memory type, ignore PAT, large page

scenario "a page below a PD entry that is not present is not there, and the rest of the entry ignored"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x200000, access=rw-
        entry   DATA, level=pd, access=---, set=1 << 51 | BITS_OF_A_LEAF

        expect  ept_violation, gpa=DATA, access=read, allowed=---, rip=load
        entry   DATA, level=pd, access=rwx, clear=1 << 51 | BITS_OF_A_LEAF
        resume

        expect  vmcall, rax=77
        finish

guest CODE

        mov     ebx, DATA
load:   mov     eax, [rbx]
        vmcall

contents DATA
        dd      77

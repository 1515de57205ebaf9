; SDM vol. 3, "EPT Misconfigurations": the memory type of a leaf is 2, 3 or 7.

%include "scenario.inc"

scenario "memory type 7 in an EPT entry is a misconfiguration"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rwx, type=7

        expect  ept_misconfig, gpa=DATA+8, rip=load
        remap   DATA, access=rwx, type=wb
        resume

        expect  vmcall, rax=0
        finish

guest CODE

        mov     rax, -1
load:   mov     rax, [DATA + 8]
        vmcall

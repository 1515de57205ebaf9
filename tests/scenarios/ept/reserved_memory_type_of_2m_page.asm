; SDM vol. 3, "EPT Misconfigurations".

%include "scenario.inc"

scenario "memory type 3 in a 2 MiB page's entry is a misconfiguration"

        page    CODE, at=0x1000,   access=r-x
        page    DATA, at=0x400000, access=rw-, level=pd, type=3

        expect  ept_misconfig, gpa=DATA+0x12340, rip=load
        remap   DATA, access=rw-, type=wt
        resume
        expect  vmcall
        finish

guest CODE

load:   mov     rax, [DATA + 0x12340]
        vmcall

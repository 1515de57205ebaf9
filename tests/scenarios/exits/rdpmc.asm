; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (RDPMC exiting).

%include "scenario.inc"

scenario "RDPMC exits"

        page    CODE, at=0x1000, access=r-x

        expect  rdpmc, rcx=0, rip=count, length=2, qualification=0
        set     rax, 77
        skip

        expect  vmcall, rax=77
        finish

guest CODE

        xor     ecx, ecx
count:  rdpmc
        vmcall

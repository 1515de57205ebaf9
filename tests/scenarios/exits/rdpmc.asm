; Without the control it depends on the processor whether RDPMC succeeds, but it does not exit.
; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (RDPMC exiting).

%include "scenario.inc"

scenario "RDPMC exits"

        rule    rdpmc_exits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_rdpmc_exiting
        untwisted vmcs PRIMARY_CONTROLS, clear=PRIMARY_rdpmc_exiting

        expect  rdpmc, rcx=0, rip=count, length=2, qualification=0
        set     rax, 77
        skip

        expect  vmcall, rax=77
        finish

guest CODE

        xor     ecx, ecx
count:  rdpmc
        vmcall

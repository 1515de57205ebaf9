; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (RDTSC exiting).

%include "scenario.inc"

scenario "RDTSC exits when it is asked to"

        rule    rdtsc_exits, exit_instruction_length
        needs   rdtsc_exiting
        page    CODE, at=0x1000, access=r-x

        expect  vmcall
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_rdtsc_exiting
        skip

        expect  rdtsc, rip=ask, length=2, qualification=0
        otherwise vmcall, rip=ask+2
        set     rax, 0x1111
        set     rdx, 0x2222
        skip

        expect  vmcall, rax=0x1111, rdx=0x2222
        finish

guest CODE

        rdtsc                           ; by itself it does not exit
        vmcall
ask:    rdtsc
        vmcall

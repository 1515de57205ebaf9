; SDM vol. 3, "Host-State Area".

%include "scenario.inc"

scenario "a guest starts with a HOST_IA32_PAT as after a reset"

        needs   load_host_pat
        page    CODE, at=0x1000, access=r-x

        expect  vmcall, HOST_IA32_PAT=0x0007040600070406
        finish

guest CODE

        vmcall

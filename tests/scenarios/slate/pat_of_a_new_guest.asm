; SDM vol. 3, "Programming the PAT".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "a guest starts with the PAT as after a reset"

        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        open_msrs

        expect  vmcall, rbx=0x0007040600070406
        finish

guest CODE

        read_msr rbx, IA32_PAT
        vmcall

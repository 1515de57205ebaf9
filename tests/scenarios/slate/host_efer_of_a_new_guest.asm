; SDM vol. 3, "Host-State Area".

%include "scenario.inc"
%include "guest.inc"

scenario "a guest starts with the engine's HOST_IA32_EFER"

        needs   load_host_efer
        page    CODE, at=0x1000, access=r-x

        expect  vmcall, HOST_IA32_EFER=EFER_LME|EFER_LMA|EFER_NXE
        finish

guest CODE

        vmcall

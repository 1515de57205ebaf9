; Entry 7 of the PAT is another one, which the engine's paging does not choose.
; SDM vol. 3, "Loading Host Control Registers, Debug Registers, MSRs".

%include "scenario.inc"

scenario "VM entry takes a HOST_IA32_PAT with another memory type"

        needs   load_host_pat
        page    CODE, at=0x1000, access=r-x
        vmcs    EXIT_CONTROLS, set=VM_EXIT_load_pat
        vmcs    HOST_IA32_PAT, value=0x0107040600070406

        expect  vmcall
        finish

guest CODE

        vmcall

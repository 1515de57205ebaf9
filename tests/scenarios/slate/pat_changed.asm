; Entry 7 is another one, which neither the guest's paging nor the engine's chooses.
; SDM vol. 3, "Page Attribute Table (PAT)".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "a guest for which WRMSR does not exit changes the PAT"

        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        open_msrs

        expect  vmcall, rbx=0x0107040600070406
        finish

guest CODE

        mov     rbx, 0x0107040600070406
        write_msr IA32_PAT, rbx
        read_msr rbx, IA32_PAT
        vmcall

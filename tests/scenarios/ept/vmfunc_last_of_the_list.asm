; SDM vol. 3, "EPTP Switching".

%include "scenario.inc"
%include "guest.inc"

scenario "VMFUNC can choose the last of the 512 entries of the list, and looks at ECX, not RCX"

        needs   vm_functions, eptp_switching
        switchable_views
        page    CODE, at=0x1000, access=r-x
        eptp    LIST + 8 * 511, view=1

        expect  vmcall, view=1, rcx=1 << 32 | 511
        finish

guest CODE

        mov     rax, 1 << 32
        mov     rcx, 1 << 32 | 511
        vmfunc
        vmcall

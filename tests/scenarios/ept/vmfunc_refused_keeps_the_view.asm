; SDM vol. 3, "EPTP Switching".

%include "scenario.inc"
%include "guest.inc"

scenario "a VMFUNC that exits has not switched"

        needs   vm_functions, eptp_switching
        switchable_views
        page    CODE, at=0x1000, access=r-x

        expect  vmfunc, rip=bad, view=1
        skip
        expect  vmcall, view=1
        finish

guest CODE

        switch_view 1
        xor     eax, eax
        mov     ecx, 2                  ; entry 2 of the list is 0, not an EPTP
bad:    vmfunc
        vmcall

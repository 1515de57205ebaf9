; The instruction after VMFUNC is fetched through the new EPT.
; SDM vol. 3, "EPTP Switching".

%include "scenario.inc"
%include "guest.inc"

scenario "VMFUNC into a view that does not map the code traps behind VMFUNC as a fetch"

        needs   vm_functions, eptp_switching
        switchable_views
        page    CODE, at=0x1000, access=r-x
        entry   CODE, level=pt, access=r--, view=1

        expect  ept_violation, gpa=next, access=fetch, allowed=r--, rip=next, view=1
        vmcs    EPT_POINTER, view=0
        resume
        expect  vmcall, rip=next, view=0
        finish

guest CODE

        switch_view 1
next:   vmcall

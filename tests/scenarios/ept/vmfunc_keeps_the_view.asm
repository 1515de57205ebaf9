; VMFUNC changes the field EPT_POINTER for good, not only until the next exit.
; SDM vol. 3, "EPTP Switching".

%include "scenario.inc"
%include "guest.inc"

scenario "the view that VMFUNC has chosen stays across VM exits and entries"

        needs   vm_functions, eptp_switching
        switchable_views
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x3000, access=r--
        entry   DATA, level=pt, access=---, view=1

        expect  vmcall, view=1
        skip
        expect  ept_violation, gpa=DATA, access=read, allowed=---, rip=load, view=1
        finish

guest CODE

        switch_view 1
        vmcall
load:   mov     rax, [DATA]
        vmcall

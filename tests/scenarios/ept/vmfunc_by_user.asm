; A user program with two views of its memory can switch between them without its kernel.
; SDM vol. 3, "General Operation of the VMFUNC Instruction"; "EPTP Switching".

%include "scenario.inc"
%include "guest.inc"

scenario "VMFUNC switches from user mode as well"

        needs   vm_functions, eptp_switching
        switchable_views
        page    CODE, at=0x1000, access=r-x
        user_mode

        expect  vmcall, view=1, GUEST_CS_SELECTOR=0xb
        finish

guest CODE

        switch_view 1
        vmcall

; Bit 6 of the EPTP enables accessed and dirty flags, so each view has its own setting.
; SDM vol. 3, "EPTP Switching"; "Accessed and Dirty Flags for EPT".

%include "scenario.inc"
%include "guest.inc"

scenario "VMFUNC into a view whose EPTP enables accessed and dirty flags has them set from then on"

        needs   vm_functions, eptp_switching, accessed_dirty
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY
        switchable_views
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x3000, access=rw-
        vmcs    EPT_POINTER, clear=EPTP_ACCESSED_DIRTY

        expect  vmcall, rip=switch
        flags   DATA, none
        flags   DATA, none, view=1
        skip
        expect  vmcall, view=1
        flags   DATA, none
        flags   DATA, accessed|dirty, view=1
        finish

guest CODE

        inc     dword [DATA]
switch: vmcall
        switch_view 1
        inc     dword [DATA]
        vmcall

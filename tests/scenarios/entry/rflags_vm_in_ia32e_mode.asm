; All else is right for virtual-8086 mode, so that VM entry takes the guest in legacy mode.
; SDM vol. 3, "Checks on Guest RIP, RFLAGS, and SSP".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses virtual-8086 mode for an IA-32e mode guest"

        rule    rflags_vm_in_ia_32e_mode
        needs   load_efer
        page    CODE, at=0x1000, access=r-x
        virtual_8086_mode
        twist   vmcs ENTRY_CONTROLS,  set=VM_ENTRY_ia_32e_mode_guest
        twist   vmcs GUEST_IA32_EFER, set=EFER_LME | EFER_LMA

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE, mode=pae

never:  hlt

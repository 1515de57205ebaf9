; SDM vol. 3, "Architectural State Before a VM Exit"; "Information for VM Exits Due to Vectored
; Events" (VM-exit interruption information, bit 12, NMI unblocking due to IRET).

%include "scenario.inc"
%include "guest.inc"

%define BLOCKING_BY_NMI (1 << 3)
%define UNBLOCKING      (1 << 12)
%define SELECTOR        0x20                    ; of no descriptor
%define FAULT           HARDWARE_EXCEPTION(VECTOR_GP) | WITH_ERROR_CODE

scenario "a fault of IRET under blocking by NMI ends the blocking, and the exit says so"

        rule    nmi_unblocking_due_to_iret
        rule_in_part nmi_blocking_saved
        needs   virtual_nmis
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_virtual_nmis
        twist   vmcs GUEST_INTERRUPTIBILITY_STATE, value=BLOCKING_BY_NMI

        expect  exception_or_nmi, vector=VECTOR_GP, error=SELECTOR, rip=back, \
                GUEST_INTERRUPTIBILITY_STATE=0, \
                EXIT_INTERRUPTION_INFORMATION=FAULT|UNBLOCKING
        otherwise exception_or_nmi, rip=back, EXIT_INTERRUPTION_INFORMATION=FAULT
        vmcs    GUEST_INTERRUPTIBILITY_STATE, value=0
        resume

        expect  exception_or_nmi, vector=VECTOR_GP, rip=back, GUEST_INTERRUPTIBILITY_STATE=0, \
                EXIT_INTERRUPTION_INFORMATION=FAULT
        finish

guest CODE

        mov     esp, STACK
back:   iretq

contents GDT
        dq      0, CODE_64, FLAT_DATA, 0, 0
contents STACK
        dq      back, SELECTOR, 2, 0x5678, 0x10

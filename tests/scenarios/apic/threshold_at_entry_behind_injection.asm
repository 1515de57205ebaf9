; SDM vol. 3, "VM Exits Induced by the TPR Threshold": the exit comes right behind VM entry, and an
; event that is injected is delivered before.

%include "scenario.inc"
%include "guest.inc"
%include "apic.inc"

scenario "a virtual TPR below its threshold exits behind the injection of an event"

        rule    tpr_below_threshold_exits
        needs   tpr_shadow, virtualize_apic_accesses
        page    CODE, at=0x1000, access=r-x
        event_tables
        virtual_apic
        page    APIC, at=0x6000, access=rw-
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_virtualize_apic_accesses
        vmcs    APIC_ACCESS_ADDRESS, page=APIC
        twist   vmcs TPR_THRESHOLD, value=6
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(0x30)
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF

        expect  tpr_below_threshold, rip=handler
        otherwise vmcall
        finish

guest CODE

        hlt
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x30, handler
contents VIRTUAL
        times TPR db 0
        dd      0x50

; SDM vol. 3, "APIC-Access VM Exits"; table "Exit Qualification for APIC-Access VM Exits from Linear
; Accesses and Guest-Physical Accesses".

%include "scenario.inc"
%include "apic.inc"

scenario "a read of the APIC-access page exits with its offset"

        rule    apic_access_exits
        needs   virtualize_apic_accesses
        page    CODE, at=0x1000, access=r-x
        page    APIC, at=0x6000, access=rw-
        twist   vmcs SECONDARY_CONTROLS, set=SECONDARY_virtualize_apic_accesses
        vmcs    APIC_ACCESS_ADDRESS, page=APIC

        expect  apic_access, qualification=LINEAR_READ | 0x123, rip=load
        otherwise vmcall, rax=0
        finish

guest CODE

        mov     ebx, APIC
load:   mov     al, [rbx + 0x123]
        vmcall

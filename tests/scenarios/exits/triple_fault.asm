; No exception exits here, and the guest has no IDT, so no exception can be delivered.
; SDM vol. 3, "Other Causes of VM Exits" (triple fault).

%include "scenario.inc"

scenario "a triple fault exits"

        rule    triple_fault_exits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs EXCEPTION_BITMAP, value=0

        expect  triple_fault, qualification=0
        otherwise exception_or_nmi, vector=6
        finish

guest CODE

        ud2

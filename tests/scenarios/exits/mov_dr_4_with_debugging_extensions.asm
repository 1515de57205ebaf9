; Unlike other instructions, MOV DR exits before the #UD of DR4 and DR5.
; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (MOV DR).

%include "scenario.inc"
%include "guest.inc"

scenario "MOV to DR4 with CR4.DE at 1 exits, instead of #UD"

        rule    mov_dr_exits
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_CR4, set=CR4_DE
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_mov_dr_exiting
        untwisted vmcs PRIMARY_CONTROLS, clear=PRIMARY_mov_dr_exiting

        expect  mov_dr, control=4, qualification=0x104, rip=load
        otherwise exception_or_nmi, vector=VECTOR_UD, rip=load
        finish

guest CODE

load:   mov     dr4, rcx

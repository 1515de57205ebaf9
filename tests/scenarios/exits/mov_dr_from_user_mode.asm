; Unlike other instructions, MOV DR exits before the fault of its privilege level.
; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (MOV DR).

%include "scenario.inc"
%include "guest.inc"

scenario "MOV DR in user mode exits, instead of #GP"

        rule    mov_dr_exits
        page    CODE, at=0x1000, access=r-x
        user_mode
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_mov_dr_exiting
        untwisted vmcs PRIMARY_CONTROLS, clear=PRIMARY_mov_dr_exiting

        expect  mov_dr, control=7, qualification=0x107, rip=load
        otherwise exception_or_nmi, vector=VECTOR_GP, error=0, rip=load
        finish

guest CODE

load:   mov     dr7, rcx

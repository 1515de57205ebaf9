; The control makes the instruction valid.  Then it follows "RDTSC exiting".
; SDM vol. 3, "Instructions That Cause VM Exits Conditionally"; "Changes to Instruction Behavior in
; VMX Non-Root Operation".

%include "scenario.inc"
%include "guest.inc"

scenario "TPAUSE is an invalid opcode until it is enabled, and then exits like RDTSC"

        rule_in_part umwait_and_tpause_exit
        needs   user_wait_instructions
        page    CODE, at=0x1000, access=r-x
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_rdtsc_exiting
        twist   vmcs SECONDARY_CONTROLS, clear=SECONDARY_enable_user_wait_and_pause
        untwisted vmcs SECONDARY_CONTROLS, set=SECONDARY_enable_user_wait_and_pause

        expect  exception_or_nmi, vector=VECTOR_UD, rip=pauses
        otherwise tpause, rip=pauses, length=4
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_user_wait_and_pause
        resume

        expect  tpause, rip=pauses, length=4
        finish

guest CODE

pauses: db      0x66, 0x0f, 0xae, 0xf1          ; TPAUSE ECX

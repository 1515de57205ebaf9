; The control "enable RDTSCP" makes the instruction valid.  Then it follows "RDTSC exiting".
; SDM vol. 3, "Instructions That Cause VM Exits Conditionally"; "Changes to Instruction Behavior in
; VMX Non-Root Operation".

%include "scenario.inc"

scenario "RDTSCP is an invalid opcode until it is enabled, and then exits like RDTSC"

        rule_in_part rdtscp_exits
        needs   rdtscp, rdtsc_exiting
        page    CODE, at=0x1000, access=r-x
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_rdtsc_exiting
        twist   vmcs SECONDARY_CONTROLS, clear=SECONDARY_enable_rdtscp
        untwisted vmcs SECONDARY_CONTROLS, set=SECONDARY_enable_rdtscp

        expect  exception_or_nmi, vector=6, rip=ask
        otherwise rdtscp, rip=ask, length=3, qualification=0
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_rdtscp
        resume

        expect  rdtscp, rip=ask, length=3, qualification=0
        finish

guest CODE

ask:    rdtscp

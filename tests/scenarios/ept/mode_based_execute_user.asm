; With this control bit 2 is for supervisor-mode linear addresses only, bit 10 for user-mode ones.
; The guest's tables decide which it is, not the privilege level.  The engine's map only user pages.
; SDM vol. 3, "Mode-Based Execute Control"; table "Exit Qualification for EPT Violations", bits 5
; and 6.

%include "scenario.inc"

%define USER_EXECUTE    (1 << 10)

scenario "with mode-based execute control a user page needs bit 10 of its EPT entry to be executed"

        needs   mode_based_execute
        page    CODE, at=0x1000, access=r-x
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_mode_based_execute

        expect  ept_violation, gpa=CODE, access=fetch, qualification=0x1ac|0xe00?, rip=start
        remap   CODE, access=r--, entry_bits=USER_EXECUTE
        resume
        expect  vmcall, rip=start
        finish

guest CODE

start:  vmcall

; CLTS exits where the host owns CR0.TS and TS is 1 in the read shadow.
; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (CLTS); table "Exit Qualification for
; Control-Register Accesses", access type 2.

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "CLTS exits when the host owns CR0.TS and its shadow is set"

        rule    clts_exits
        rule_in_part clts_and_lmsw_by_masks
        page    CODE, at=0x1000, access=r-x
        twist   vmcs CR0_READ_SHADOW, set=CR0_TS

        expect  cr_access, control=0, qualification=0x20, rip=clear, length=2
        otherwise vmcall
        vmcs    CR0_READ_SHADOW, clear=CR0_TS
        resume                          ; CLTS runs again; now it has nothing to clear

        expect  vmcall
        finish

guest CODE

clear:  clts
        vmcall

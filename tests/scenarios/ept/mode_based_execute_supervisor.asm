; SDM vol. 3, "Mode-Based Execute Control"; table "Exit Qualification for EPT Violations", bits 5
; and 6.

%include "scenario.inc"
%include "guest.inc"

%define USER_EXECUTE    (1 << 10)

scenario "with mode-based execute control a supervisor page needs bit 2 of its EPT entry"

        needs   mode_based_execute
        page    CODE, at=0x1000,  access=r-x, entry_bits=USER_EXECUTE
        page    MORE, at=0x20000, access=r--, entry_bits=USER_EXECUTE
        own_paging
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_mode_based_execute

        expect  ept_violation, gpa=MORE, gla=HIGH, access=fetch, qualification=0x1cc|0xe00?, \
                rip=HIGH
        remap   MORE, access=r-x
        resume
        expect  vmcall, rip=HIGH
        finish

guest CODE

        mov     rbx, HIGH
        jmp     rbx

        map_high pte=MORE + LEAF - USER
contents MORE
        vmcall

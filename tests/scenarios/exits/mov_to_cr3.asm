; SDM vol. 3, table "Exit Qualification for Control-Register Accesses": register, access type and
; general-purpose register.

%include "scenario.inc"

scenario "MOV to CR3 exits with the register that holds the value"

        rule_in_part mov_to_cr3_exits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_cr3_load_exiting
        untwisted vmcs PRIMARY_CONTROLS, clear=PRIMARY_cr3_load_exiting

        expect  cr_access, control=3, qualification=0x303, rip=load, length=3, rbx=0x5000
        otherwise ept_violation, walk=1, gpa=0x5000, cr3=0x5000 ; there is no page
        skip
        expect  cr_access, control=3, qualification=0xc03, r12=0x6000
        skip

        expect  vmcall, cr3=0xffe00000
        finish

guest CODE

        mov     ebx, 0x5000
load:   mov     cr3, rbx
        mov     r12d, 0x6000
        mov     cr3, r12
        vmcall

; SDM vol. 3, table "Exit Qualification for Control-Register Accesses".

%include "scenario.inc"

scenario "MOV from CR3 exits with the register that takes the value"

        rule    mov_from_cr3_exits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_cr3_store_exiting
        untwisted vmcs PRIMARY_CONTROLS, clear=PRIMARY_cr3_store_exiting

        expect  cr_access, control=3, qualification=0x113, rip=store, length=3
        otherwise vmcall, rcx=0xffe00000
        set     rcx, 0x5000
        skip

        expect  vmcall, rcx=0x5000
        finish

guest CODE

store:  mov     rcx, cr3
        vmcall

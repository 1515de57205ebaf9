; reserved_address_bit_of_upper_levels.asm -- no entry may have an address beyond the physical width
; (SDM vol. 3, "EPT Misconfigurations"; CPUID.80000008H:EAX[7:0])

%include "scenario.inc"

scenario "an entry of any level with an address beyond the physical width is misconfigured"

        page    CODE, at=0x1000, access=r-x
        entry   CODE, level=pml4, set=1 << 51

        expect  ept_misconfig, rip=CODE
        entry   CODE, level=pml4, clear=1 << 51
        entry   CODE, level=pdpt, set=1 << 51
        resume

        expect  ept_misconfig, gpa=CODE, rip=CODE
        entry   CODE, level=pdpt, clear=1 << 51
        entry   CODE, level=pd,   set=1 << 51
        resume

        expect  ept_misconfig, gpa=CODE, rip=CODE
        entry   CODE, level=pd,   clear=1 << 51
        resume

        expect  vmcall
        finish

guest CODE

        vmcall

; SDM vol. 3, "EPT Violations"; vol. 2, "SIDT--Store Interrupt Descriptor Table Register".

%include "scenario.inc"

scenario "SIDT to a read-only page traps as a write"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=r--
        vmcs    SECONDARY_CONTROLS, clear=SECONDARY_descriptor_table_exiting
        vmcs    GUEST_IDTR_BASE,  value=0x123456
        vmcs    GUEST_IDTR_LIMIT, value=0x7f

        expect  ept_violation, gpa=DATA+8|0xf?, access=write, allowed=r--, rip=store
        remap   DATA, access=rw-
        resume
        expect  vmcall
        holds   DATA+8,  word=0x7f
        holds   DATA+10, qword=0x123456
        finish

guest CODE

store:  sidt    [DATA + 8]
        vmcall

%include "scenario.inc"

scenario "every word for what an exit tells"

        page    CODE, at=0x1000, access=r-x

        expect  task_switch, selector=0x28, source=task_gate
        skip
        expect  apic_access, offset=0x300, kind=physical_event_delivery
        skip
        expect  wrmsr, msr=0x1b, value=0x100000000
        skip
        expect  exception_or_nmi, vector=1, cause=B0|BS?
        skip
        expect  io_instruction, string=1, rep=0, immediate=0, segment=gs, base=rsi, address_size=64
        skip
        expect  vmwrite, operand=r15, field=GUEST_RIP
        skip
        expect  vmread, operand=none, base=rsp, index=none, scale=1, displacement=-8
        skip
        expect  sipi, vector=7
        finish

guest CODE
        vmcall

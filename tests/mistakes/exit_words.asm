%include "scenario.inc"

scenario "what an exit tells in words has its own words, and comes with exits that tell it"

        page    CODE, at=0x1000, access=r-x

        expect  vmread, operand=eax, field=GUEST_RIPP
        skip
        expect  vmread, segment=hs, base=rbz, kind=write, selector=3
        skip
        expect  apic_access, kind=reed, offset=3
        skip
        expect  task_switch, source=int, selector=3
        skip
        expect  exception_or_nmi, vector=1, cause=B4|BS, index=rax
        finish

guest CODE
        vmcall

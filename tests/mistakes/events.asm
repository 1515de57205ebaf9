%include "scenario.inc"

scenario "an event from outside, and what is looked at in the host, say what is allowed"

        page    CODE, at=0x1000, access=r-x
        interrupt
        interrupt 0x1f
        interrupt 0xfe
        interrupt 0x40, after=20001
        interrupt 0x40, before=1
        interrupt 0x40, 1
        nmi 2
        init 1
        host_msr 0x1d9, value=0
        expect  vmcall, host_cr2=0
        nmi
        host_msr
        host_msr 0x1d9
        host_msr 0x1d9, vale=0
        resume
        interrupt 0x40
        expect  vmcall
        finish
        init

guest CODE

        vmcall

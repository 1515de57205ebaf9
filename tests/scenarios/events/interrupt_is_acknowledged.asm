; SDM vol. 3, "VM-Exit Controls"; "Information for VM Exits Due to Vectored Events".

%include "scenario.inc"
%include "guest.inc"

scenario "an exit that acknowledges the interrupt tells its vector, and the interrupt is over"

        rule    interrupt_acknowledged_on_exit
        needs   acknowledge_interrupt
        page    CODE, at=0x1000, access=r-x
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        twist   interrupt 0x40
        untwisted interrupt 0xf1

        expect  external_interrupt, EXIT_INTERRUPTION_INFORMATION=EXTERNAL_INTERRUPT(0x40), \
                rip=CODE
        otherwise external_interrupt, EXIT_INTERRUPTION_INFORMATION=EXTERNAL_INTERRUPT(0xf1)
        resume
        expect  vmcall
        finish

guest CODE

        vmcall

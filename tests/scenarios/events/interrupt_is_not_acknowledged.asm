; SDM vol. 3, "VM-Exit Controls".

%include "scenario.inc"
%include "guest.inc"

scenario "an interrupt that the exit does not acknowledge stays pending"

        rule    interrupt_acknowledged_on_exit
        needs   acknowledge_interrupt
        page    CODE, at=0x1000, access=r-x
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        twist   vmcs EXIT_CONTROLS, clear=VM_EXIT_acknowledge_interrupt
        interrupt 0x40

        expect  external_interrupt, rip=CODE
        resume
        expect  external_interrupt, rip=CODE
        otherwise vmcall
        finish

guest CODE

        vmcall

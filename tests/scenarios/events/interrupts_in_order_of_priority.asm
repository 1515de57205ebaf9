; SDM vol. 3, "Interrupt, Task, and Processor Priority"; "VM-Exit Controls".

%include "scenario.inc"
%include "guest.inc"

scenario "of two pending interrupts the higher vector exits first, and then the other one"

        rule    interrupt_acknowledged_on_exit
        needs   acknowledge_interrupt
        page    CODE, at=0x1000, access=r-x
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        interrupt 0x40
        twist   interrupt 0x80

        expect  external_interrupt, vector=0x80, rip=CODE
        otherwise external_interrupt, vector=0x40, rip=CODE
        resume
        expect  external_interrupt, vector=0x40, rip=CODE
        resume
        expect  vmcall
        finish

guest CODE

        vmcall

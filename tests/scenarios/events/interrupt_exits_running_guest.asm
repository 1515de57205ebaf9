; SDM vol. 3, "Other Causes of VM Exits".

%include "scenario.inc"
%include "guest.inc"

scenario "an external interrupt that comes while a guest runs exits where the guest is"

        rule    interrupt_exits_running_guest
        needs   acknowledge_interrupt
        page    CODE, at=0x1000, access=r-x
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        twist   interrupt 0x40, after=50
        untwisted interrupt 0x40

        expect  external_interrupt, vector=0x40, rip=loop_of_guest, rax=1
        otherwise external_interrupt, vector=0x40, rip=CODE, rax=0
        finish

guest CODE

        mov     eax, 1
loop_of_guest:
        jmp     loop_of_guest

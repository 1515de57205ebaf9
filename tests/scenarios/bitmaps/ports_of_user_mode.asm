; SDM vol. 3, "Relative Priority of Faults and VM Exits"

%include "scenario.inc"
%include "guest.inc"

%define PORT    0x80
%define IOPL_3  (3 << 12)                       ; of RFLAGS

scenario "OUT that the guest's own IOPL refuses is #GP, and exits when IOPL allows it"

        rule_in_part io_permission_before_exit
        page    CODE, at=0x1000, access=r-x
        page    TASK, at=0, access=r--
        user_mode

        expect  exception_or_nmi, vector=VECTOR_GP, error=0, rip=out
        twist   vmcs GUEST_RFLAGS, set=IOPL_3
        resume
        expect  io_instruction, port=PORT, direction=out, rip=out
        otherwise exception_or_nmi, vector=VECTOR_GP, error=0, rip=out
        finish

guest CODE
out:    out     PORT, al

contents TASK
        times 0x66 db 0
        dw      0x68                            ; the permission bitmap would be behind the limit

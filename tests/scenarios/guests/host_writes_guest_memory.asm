; SDM vol. 3, "EPT Translation Mechanism": guest-physical memory is memory of the host.

%include "scenario.inc"

scenario "what the host writes to the guest's memory between two entries is what the guest reads"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=r--
        write   DATA,     qword=0x1111111111111111
        write   DATA + 2, dword=0x22222222

        expect  vmcall, rax=0x1111222222221111
        twist   write DATA + 1, word=0x3333
        write   DATA + 7, byte=0x44
        resume  at=CODE

        expect  vmcall, rax=0x4411222222333311
        otherwise vmcall, rax=0x4411222222221111
        finish

guest CODE

        mov     rax, [DATA]
        vmcall

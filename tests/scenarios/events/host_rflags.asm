; SDM vol. 3, "Loading Host RIP, RSP, RFLAGS, and SSP".

%include "scenario.inc"
%include "guest.inc"

%define FLAGS              RFLAGS_FIXED | 1 << 10 | RFLAGS_IF | 1

scenario "an exit makes the host's RFLAGS 2, whatever the guest had"

        rule    host_rip_rsp_rflags_loaded
        page    CODE, at=0x1000, access=r-x

        expect  vmcall, rflags=FLAGS, host_rflags=RFLAGS_FIXED
        otherwise vmcall, rflags=RFLAGS_FIXED, host_rflags=RFLAGS_FIXED
        finish

guest CODE

        twist   std
        untwisted nop
        twist   sti
        untwisted nop
        twist   stc
        untwisted nop
        vmcall

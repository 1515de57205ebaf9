; In the other segment registers the unusable bit excuses nearly everything else.  In CS it excuses
; nothing, and no rule forbids it there.
; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

%define PRESENT         (1 << 7)
%define UNUSABLE        (1 << 16)

scenario "VM entry refuses a guest CS that is not present, even if it is unusable"

        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_CS_ACCESS_RIGHTS, set=UNUSABLE
        twist   vmcs GUEST_CS_ACCESS_RIGHTS, clear=PRESENT

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt

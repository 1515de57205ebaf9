; In the other segment registers the unusable bit excuses nearly everything else.  In CS it excuses
; nothing, as the twin shows, but no rule forbids it there.  In 64-bit mode it has no effect.
; SDM vol. 3, "Checks on Guest Segment Registers"; "Loading Guest Segment Registers and
; Descriptor-Table Registers".

%include "scenario.inc"

%define PRESENT         (1 << 7)
%define UNUSABLE        (1 << 16)

scenario "VM entry takes a guest CS that is unusable, if it is present and all else is right"

        rule    unusable_cs_is_checked
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_CS_ACCESS_RIGHTS, set=UNUSABLE
        vmcs    GUEST_CS_ACCESS_RIGHTS, clear=PRESENT
        twist   vmcs GUEST_CS_ACCESS_RIGHTS, set=PRESENT

        expect  hlt, rip=start
        otherwise invalid_guest_state, qualification=0, rip=start
        finish

guest CODE

start:  hlt

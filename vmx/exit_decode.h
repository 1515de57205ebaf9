/* exit_decode.h -- the VM-exit information fields, decoded once for each exit; inline, as this is
 * on the path of every exit (SDM vol. 3, "Basic VM-Exit Information")
 */
#ifndef EXIT_DECODE_H
#define EXIT_DECODE_H

#include "vmx/exit.h"
#include "vmx/vmcs.h"

/* Decodes what all exits have, from the current VMCS; the other members stay as they are. */
static inline void exit_decode(struct exit *exit)
{
	exit->reason_field = (u32)vmcs_read(EXIT_REASON);
	exit->timed_out = false;
	exit->qualification = vmcs_read(EXIT_QUALIFICATION);
}

/* Decodes what an EPT violation has besides. */
static inline void exit_decode_ept_violation(struct exit *exit)
{
	exit->gpa = gpa(vmcs_read(GUEST_PHYSICAL_ADDRESS));
	exit->violation = ept_violation_decode(exit->qualification);
	exit->gla = gla(exit->violation.gla_valid ? vmcs_read(GUEST_LINEAR_ADDRESS) : 0);
}

#endif

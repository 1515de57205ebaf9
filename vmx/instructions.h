/* instructions.h -- each VMX instruction as a function that returns its outcome
 * (SDM vol. 3, "VMX Instruction Reference", section "Conventions")
 */
#ifndef INSTRUCTIONS_H
#define INSTRUCTIONS_H

#include "vmx/outcome.h"

/* The operand is a pointer to the 64-bit physical address, as for the instructions themselves. */
outcome_t vmxon(const hpa_t *region);
outcome_t vmxoff(void);
outcome_t vmclear(const hpa_t *region);
outcome_t vmptrld(const hpa_t *region);
outcome_t vmptrst(hpa_t *region);
outcome_t vmread(u64 field, u64 *value);
outcome_t vmwrite(u64 field, u64 value);
outcome_t vmlaunch(void);                       /* returns only if it is refused */
outcome_t vmresume(void);
outcome_t vmcall_of_host(void);                 /* of no service that an L0 could know */
outcome_t vmfunc_of_host(void);                 /* of function 0 */

/* INVEPT and INVVPID: what to invalidate. */
enum invept_type { INVEPT_SINGLE_CONTEXT = 1, INVEPT_ALL_CONTEXT = 2 };
enum invvpid_type {
	INVVPID_INDIVIDUAL_ADDRESS, INVVPID_SINGLE_CONTEXT, INVVPID_ALL_CONTEXT,
	INVVPID_SINGLE_CONTEXT_KEEPING_GLOBALS,
};
struct invept_descriptor { u64 eptp, reserved; };
struct invvpid_descriptor { u64 vpid, linear; };
outcome_t invept(u64 type, const struct invept_descriptor *descriptor);
outcome_t invvpid(u64 type, const struct invvpid_descriptor *descriptor);

#endif

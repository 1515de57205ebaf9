/* fingerprint.h -- what this processor's VMX is, as a block of the report that is made to be diffed
 * (SDM vol. 3, appendix "VMX Capability Reporting Facility")
 */
#ifndef FINGERPRINT_H
#define FINGERPRINT_H

/* Prints the processor, and if it has VMX then IA32_FEATURE_CONTROL and every IA32_VMX_* MSR with
 * value and meaning, in the order of their numbers.  Needs vmx_capabilities_read().  Nothing with
 * log=quiet. */
void fingerprint(void);

#endif

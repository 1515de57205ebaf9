/* fingerprint.h -- what VMX offers on this processor, as lines of the report to compare by diff
 * (SDM vol. 3, appendix "VMX Capability Reporting Facility")
 */
#ifndef FINGERPRINT_H
#define FINGERPRINT_H

/* Prints the processor, and if it has VMX then IA32_FEATURE_CONTROL and every IA32_VMX_* MSR with
 * value and meaning, in the order of their numbers; with log=scenario no MSR, and with log=quiet
 * nothing.  Needs vmx_capabilities_read(). */
void fingerprint(void);

#endif

/* machine_check.h -- errors that the processor finds in the hardware
 * (SDM vol. 3, "Machine-Check Architecture", "Machine-Check Initialization")
 */
#ifndef MACHINE_CHECK_H
#define MACHINE_CHECK_H

/* Lets the processor report machine checks as #MC: without CR4.MCE it would shut down in silence.
 * Forgets the errors that the banks hold from before.  Needs traps_start(). */
void machine_check_start(void);

/* Prints a line for each bank that holds an error, with IA32_MCi_STATUS, and IA32_MCi_ADDR or 0;
 * none if no bank does. */
void machine_check_print(void);

#endif

/* cpuid.h -- a feature's bit in CPUID, 0 where its leaf does not exist
 * (SDM vol. 2, "CPUID--CPU Identification")
 */
#ifndef CPUID_H
#define CPUID_H

#include "kernel/cpu.h"

/* Zeros for a leaf that does not exist, for which CPUID would return those of another leaf. */
static inline struct cpuid cpuid_leaf(u32 leaf, u32 subleaf)
{
	if (leaf > cpuid(leaf & BIT(31), 0).eax || (subleaf && subleaf > cpuid(leaf, 0).eax))
		return (struct cpuid){ 0 };
	return cpuid(leaf, subleaf);
}

#define CPUID(leaf, subleaf, name, bit) ((cpuid_leaf(leaf, subleaf).name & BIT(bit)) != 0)

#endif

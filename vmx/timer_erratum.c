/* timer_erratum.c -- whether the VMX-preemption timer of a processor can be trusted */
#include "vmx/timer_erratum.h"
#include "kernel/string.h"

/* Without the processor's type, and without the reserved bits. */
#define FAMILY_MODEL_STEPPING (BITS(27, 16) | BITS(11, 0))

static const u32 signatures[] = {
#define TIMER_ERRATUM(signature, erratum, processors) signature,
#include "vmx/timer_errata.def"
#undef TIMER_ERRATUM
};

static const char errata[] =
#define TIMER_ERRATUM(signature, erratum, processors) erratum "\0"
#include "vmx/timer_errata.def"
#undef TIMER_ERRATUM
	;

const char *timer_erratum_of(u32 signature)
{
	for (size_t i = 0; i < COUNT(signatures); i++)
		if (signatures[i] == (signature & FAMILY_MODEL_STEPPING))
			return string_at(errata, i);
	return NULL;
}

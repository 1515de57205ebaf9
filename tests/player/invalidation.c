/* invalidation.c -- whether this processor offers INVEPT and INVVPID as a scenario asks for them */
#include "tests/player/invalidation.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"

/* The name of a bit of IA32_VMX_EPT_VPID_CAP, as the fingerprint prints it. */
static const char *bit_text(unsigned wanted)
{
#define CAPABILITY_BIT(msr, bit, text)                                                             \
	if (msr == IA32_VMX_EPT_VPID_CAP && bit == wanted)                                         \
		return text;
#include "vmx/capability_bits.def"
#undef CAPABILITY_BIT
	return "";
}

/* Bits of IA32_VMX_EPT_VPID_CAP. */
enum {
	INVEPT_BIT       = 20,
	INVEPT_TYPE_BIT  = 24,                  /* plus the number of the type */
	INVVPID_BIT      = 32,
	INVVPID_TYPE_BIT = 40,                  /* plus the number of the type */
};

static bool is_offered(unsigned bit)
{
	if (vmx_capabilities.ept_vpid & BIT(bit))
		return true;
	skip("needs %s: IA32_VMX_EPT_VPID_CAP[%u] is 0; try a processor or L0 that offers it",
	     bit_text(bit), bit);
	return false;
}

bool invept_is_offered(enum invept_type type)
{
	return is_offered(INVEPT_BIT) && is_offered(INVEPT_TYPE_BIT + type);
}

bool invvpid_is_offered(enum invvpid_type type)
{
	return is_offered(INVVPID_BIT) && is_offered(INVVPID_TYPE_BIT + type);
}

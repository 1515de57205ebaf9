/* eptp.c -- an EPT pointer within what the processor offers */
#include "ept/eptp.h"

static bool memory_type_choose(u64 capabilities, u64 *type)
{
	*type = capabilities & EPT_CAP_TABLES_WB ? WB : UC;
	return capabilities & (EPT_CAP_TABLES_WB | EPT_CAP_TABLES_UC);
}

bool eptp_choose(u64 capabilities, const struct ept *ept, bool accessed_dirty, u64 *eptp)
{
	u64 length = ept->top == EPT_PML5 ? EPT_CAP_WALK_LENGTH_5 : EPT_CAP_WALK_LENGTH_4;
	u64 type;

	if (!memory_type_choose(capabilities, &type) || !(capabilities & length))
		return false;
	if (accessed_dirty && !(capabilities & EPT_CAP_ACCESSED_DIRTY))
		return false;
	*eptp = (u64)ept->root | type | (u64)(ept->top - 1) << 3;
	if (accessed_dirty)
		*eptp |= EPTP_ACCESSED_DIRTY;
	return true;
}

static bool type_is_legal(u64 capabilities, u64 eptp)
{
	switch (eptp & EPTP_MEMORY_TYPE) {
	case UC: return capabilities & EPT_CAP_TABLES_UC;
	case WB: return capabilities & EPT_CAP_TABLES_WB;
	default: return false;
	}
}

static bool length_is_legal(u64 capabilities, u64 eptp)
{
	switch (eptp_top(eptp)) {
	case EPT_PML4: return capabilities & EPT_CAP_WALK_LENGTH_4;
	case EPT_PML5: return capabilities & EPT_CAP_WALK_LENGTH_5;
	default: return false;
	}
}

bool eptp_is_legal(u64 capabilities, unsigned physical_width, u64 eptp)
{
	u64 address = BITS(physical_width - 1, 12);
	u64 flags = (capabilities & EPT_CAP_ACCESSED_DIRTY ? EPTP_ACCESSED_DIRTY : 0) |
		    (capabilities & EPT_CAP_SHADOW_STACK ? EPTP_SHADOW_STACK : 0);

	return !(eptp & ~(address | flags | EPTP_WALK_LENGTH | EPTP_MEMORY_TYPE)) &&
	       type_is_legal(capabilities, eptp) && length_is_legal(capabilities, eptp);
}

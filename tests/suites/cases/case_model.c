/* case_model.c -- turns the case that is built into what the model is asked */
#include "tests/suites/cases/case_model.h"
#include "kernel/control_registers.h"
#include "kernel/flags.h"
#include "kernel/string.h"
#include "tests/suites/cases/case_code.h"

static u64 cr4_of(const struct case_memory *memory, const struct test_case *test_case)
{
	u32 on = test_case->switches;
	u64 cr4 = memory->cr4 & ~(u64)CR4_PAE;

	return cr4 | (test_case->paging >= CASE_PAE ? CR4_PAE : 0) |
	       (test_case->paging == CASE_5_LEVEL ? CR4_LA57 : 0) |
	       (on & CASE_PAGE_SIZE ? CR4_PSE : 0) |
	       (on & CASE_SMEP ? CR4_SMEP : 0) | (on & CASE_SMAP ? CR4_SMAP : 0);
}

static struct model_guest guest_of(const struct case_memory *memory,
				   const struct test_case *test_case)
{
	u32 on = test_case->switches;
	bool in_64_bit_mode = case_is_64_bit(test_case);
	u64 cr0 = memory->cr0 & ~(u64)(test_case->paging == CASE_NO_PAGING ? CR0_PG : 0);
	enum case_page top = case_table(case_top_level(test_case));
	struct model_guest guest = {
		.cr0 = cr0 | (on & CASE_WRITE_PROTECT ? CR0_WP : 0),
		.cr4 = cr4_of(memory, test_case),
		.efer = (in_64_bit_mode ? EFER_LME | EFER_LMA : 0) |
			(on & CASE_EXECUTE_DISABLE ? EFER_NXE : 0),
		.rflags = RFLAGS_FIXED | (on & CASE_ALIGNMENT_CHECK ? RFLAGS_AC : 0),
		.cpl = on & CASE_USER_MODE ? 3 : 0,
		.in_64bit_mode = in_64_bit_mode,
	};

	if (case_is_32_bit(test_case) || in_64_bit_mode)
		guest.cr3 = case_address(memory, test_case, top).raw;
	memcpy(guest.pdpte, memory->pdpte, sizeof(guest.pdpte));
	return guest;
}

struct model case_model(const struct case_memory *memory, const struct test_case *test_case)
{
	bool ept_flags = test_case->switches & CASE_EPT_FLAGS_ENABLED;

	return (struct model){
		.processor = memory->processor,
		.controls = {
			.eptp = memory->eptp[ept_flags],
			.mode_based_execute = test_case->switches & CASE_EXECUTE_BY_MODE,
		},
		.guest = guest_of(memory, test_case),
		.memory = { .start = 0, .size = ~0ul },
	};
}

struct model_access case_model_fetch(const struct test_case *test_case)
{
	return (struct model_access){
		.kind = MODEL_FETCH, .linear = case_rip(test_case),
		.size = case_code(test_case)->length,
	};
}

struct model_access case_model_access(const struct case_memory *memory,
				      const struct test_case *test_case)
{
	return (struct model_access){
		.kind = test_case->access, .linear = case_linear(memory, test_case),
		.size = test_case->size,
	};
}

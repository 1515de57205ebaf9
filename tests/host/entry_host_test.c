/* entry_host_test.c -- the model's rules of VM entry about the host-state area, against the SDM
 * (vol. 3, "Checks on VMX Controls and Host-State Area")
 * links: tests/model/vm_entry.c tests/model/entry_rules.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/host/entry_twist.h"

#define BEYOND_WIDTH BITS(63, WORLD_WIDTH)
#define NOT_CANONICAL BITS(63, 47)

#define CANONICAL(register) \
	{ OF_FIELD(register, 64), NOTHING, NOTHING, \
	  { { NOT_CANONICAL, RULE(register##_not_canonical) } } }
#define SELECTOR(name) \
	{ OF_FIELD(host_##name##_selector, 16), NOTHING, NOTHING, \
	  { { BITS(1, 0), RULE(host_##name##_rpl) }, { BIT(2), RULE(host_##name##_ti) } } }
#define LOADED(register, control, ...) \
	{ OF_FIELD(register, 64), { ON(EXIT, control) }, { OFF(EXIT, control) }, { __VA_ARGS__ } }
#define FRED(register, ...) \
	{ OF_FIELD(register, 64), \
	  { ON(EXIT, activate_secondary_controls), ON(SECONDARY_EXIT, load_fred) }, \
	  { OFF(SECONDARY_EXIT, load_fred) }, \
	  { { NOT_CANONICAL, RULE(register##_not_canonical) }, __VA_ARGS__ } }

static const struct flips flips[] = {
	{ OF_FIELD(host_cr0, 64), NOTHING, NOTHING,
	  { { BIT(0) | BIT(5) | BIT(31), RULE(host_cr0_bits_that_must_be_1) },
	    { BITS(63, 32), RULE(host_cr0_bits_that_must_be_0) } } },
	{ OF_FIELD(host_cr4, 64), NOTHING, NOTHING,
	  { { BIT(13), RULE(host_cr4_bits_that_must_be_1) },
	    { ~WORLD_CR4, RULE(host_cr4_bits_that_must_be_0) },
	    { BIT(5), RULE(host_cr4_without_pae) } } },
	{ OF_FIELD(host_cr3, 64), NOTHING, NOTHING,
	  { { BEYOND_WIDTH, RULE(host_cr3_reserved_bits) } } },
	{ OF_FIELD(host_cr3, 64), { OFFER(cr4_fixed1, BIT(28)) }, NOTHING,
	  { { BEYOND_WIDTH & ~BITS(62, 61), RULE(host_cr3_reserved_bits) } } },
	{ OF_FIELD(host_cr3, 64), { OFFER(basic, BIT(48)) }, NOTHING,
	  { { BITS(63, 32), RULE(host_cr3_reserved_bits) } } },
	CANONICAL(host_ia32_sysenter_esp),
	CANONICAL(host_ia32_sysenter_eip),
	CANONICAL(host_fs_base),
	CANONICAL(host_gs_base),
	CANONICAL(host_tr_base),
	CANONICAL(host_gdtr_base),
	CANONICAL(host_idtr_base),
	CANONICAL(host_rip),
	{ OF_FIELD(host_rsp, 64), NOTHING, NOTHING, NOTHING },
	{ OF_FIELD(host_ia32_sysenter_cs, 32), NOTHING, NOTHING, NOTHING },

	LOADED(host_ia32_perf_global_ctrl, load_perf_global_ctrl,
	       { ~0x7000000fful, RULE(host_perf_global_ctrl_reserved_bits) }),
	LOADED(host_ia32_efer, load_efer, { ~0xd01ul, RULE(host_efer_reserved_bits) },
	       { BIT(10), RULE(host_efer_lma) }, { BIT(8), RULE(host_efer_lme) }),
	LOADED(host_ia32_s_cet, load_cet_state, { BITS(9, 6), RULE(host_s_cet_reserved_bits) },
	       { NOT_CANONICAL, RULE(host_s_cet_not_canonical) }),
	LOADED(host_ssp, load_cet_state, { BITS(1, 0), RULE(host_ssp_misaligned) },
	       { NOT_CANONICAL, RULE(host_ssp_not_canonical) }),
	LOADED(host_ia32_interrupt_ssp_table_addr, load_cet_state,
	       { NOT_CANONICAL, RULE(host_ssp_table_not_canonical) }),
	LOADED(host_ia32_pkrs, load_pkrs, { BITS(63, 32), RULE(host_pkrs_bits_63_32) }),
	{ OF_FIELD(host_ia32_spec_ctrl, 64),
	  { ON(EXIT, activate_secondary_controls), ON(SECONDARY_EXIT, load_spec_ctrl) },
	  { OFF(SECONDARY_EXIT, load_spec_ctrl) },
	  { { ~7ul, RULE(host_spec_ctrl_reserved_bits) } } },

	FRED(host_ia32_fred_config,
	     { BIT(2) | BITS(5, 4) | BIT(11), RULE(host_ia32_fred_config_reserved_bits) }),
	FRED(host_ia32_fred_rsp1, { BITS(5, 0), RULE(host_ia32_fred_rsp1_misaligned) }),
	FRED(host_ia32_fred_rsp2, { BITS(5, 0), RULE(host_ia32_fred_rsp2_misaligned) }),
	FRED(host_ia32_fred_rsp3, { BITS(5, 0), RULE(host_ia32_fred_rsp3_misaligned) }),
	FRED(host_ia32_fred_ssp1, { BITS(2, 0), RULE(host_ia32_fred_ssp1_misaligned) }),
	FRED(host_ia32_fred_ssp2, { BITS(2, 0), RULE(host_ia32_fred_ssp2_misaligned) }),
	FRED(host_ia32_fred_ssp3, { BITS(2, 0), RULE(host_ia32_fred_ssp3_misaligned) }),
	{ OF_FIELD(host_ia32_fred_rsp1, 64), { ON(SECONDARY_EXIT, load_fred) }, NOTHING, NOTHING },
	{ OF_FIELD(host_ia32_fred_stklvls, 64),
	  { ON(EXIT, activate_secondary_controls), ON(SECONDARY_EXIT, load_fred) }, NOTHING,
	  NOTHING },

	{ OF_FIELD(host_cs_selector, 16), NOTHING, NOTHING,
	  { { BITS(1, 0), RULE(host_cs_rpl) }, { BIT(2), RULE(host_cs_ti) },
	    { BIT(3), RULE(host_cs_null) } } },
	SELECTOR(ss),
	SELECTOR(ds),
	SELECTOR(es),
	SELECTOR(fs),
	SELECTOR(gs),
	SELECTOR(tr),
};

#define CET_ON BITS_ON(host_cr4, BIT(23))
#define WP_OFF BITS_OFF(host_cr0, BIT(16))
#define S_CET(bits) SET(host_ia32_s_cet, bits)
#define SIZE_OFF OFF(EXIT, host_address_space_size)
#define EFER_OFF OFF(EXIT, load_efer)
#define GUEST_OF_32_BITS OFF(ENTRY, ia_32e_mode_guest), OFF(ENTRY, load_efer)
#define HIGHEST_LOW (BIT(47) - 1)
#define LOWEST_HIGH (~0ul << 47)

static const struct twist twists[] = {
	{ RULE(host_cet_without_wp), NOTHING, { CET_ON, WP_OFF }, { CET_ON } },
	{ RULE(host_cet_without_wp), { WP_OFF }, { CET_ON }, NOTHING },
	{ RULE(host_cr3_reserved_bits), NOTHING, { SET(host_cr3, BIT(WORLD_WIDTH)) },
	  { SET(host_cr3, BIT(WORLD_WIDTH) - 1) } },
	{ RULE(host_rip_not_canonical), NOTHING, { SET(host_rip, HIGHEST_LOW + 1) },
	  { SET(host_rip, HIGHEST_LOW) } },
	{ RULE(host_fs_base_not_canonical), NOTHING, { SET(host_fs_base, LOWEST_HIGH - 1) },
	  { SET(host_fs_base, LOWEST_HIGH) } },
	{ RULE(host_s_cet_suppress_and_tracker), { ON(EXIT, load_cet_state) },
	  { S_CET(BITS(11, 10)) }, { S_CET(BIT(10)) } },
	{ RULE(host_s_cet_suppress_and_tracker), { S_CET(BITS(11, 10)) },
	  { ON(EXIT, load_cet_state) }, NOTHING },
	{ RULE(host_s_cet_suppress_and_tracker), { ON(EXIT, load_cet_state) },
	  { S_CET(BITS(11, 10)) }, { S_CET(BIT(11)) } },
	{ RULE(host_pat_reserved_type), NOTHING, { SET(host_ia32_pat, 2) },
	  { SET(host_ia32_pat, 1) } },
	{ RULE(host_efer_lme), { SET(host_ia32_efer, 0xc00) }, NOTHING, { EFER_OFF } },
	{ RULE(host_tr_null), NOTHING, { SET(host_tr_selector, 0) }, { SET(host_tr_selector, 8) } },
	{ RULE(host_cs_null), NOTHING, { SET(host_cs_selector, 0) },
	  { SET(host_cs_selector, 0xfff8) } },
	{ RULE(host_address_space_of_32_bits), { GUEST_OF_32_BITS, EFER_OFF }, { SIZE_OFF },
	  NOTHING },
};

/* A host of 32 bits is against a rule itself. */
static const struct company companies[] = {
	{ RULE(host_ss_null), { SIZE_OFF, SET(host_ss_selector, 0) }, { SIZE_OFF } },
	{ RULE(host_ss_null), { SIZE_OFF, SET(host_ss_selector, 0) },
	  { SET(host_ss_selector, 0) } },
	{ RULE(guest_of_64_bits_host_of_32), { SIZE_OFF }, { SIZE_OFF, GUEST_OF_32_BITS } },
	{ RULE(guest_of_64_bits_host_of_32), { SIZE_OFF }, NOTHING },
	{ RULE(host_pcide_of_32_bits), { SIZE_OFF, BITS_ON(host_cr4, BIT(17)) }, { SIZE_OFF } },
	{ RULE(host_pcide_of_32_bits), { SIZE_OFF, BITS_ON(host_cr4, BIT(17)) },
	  { BITS_ON(host_cr4, BIT(17)) } },
	{ RULE(host_fred_of_32_bits), { SIZE_OFF, BITS_ON(host_cr4, BIT(32)) }, { SIZE_OFF } },
	{ RULE(host_fred_of_32_bits), { SIZE_OFF, BITS_ON(host_cr4, BIT(32)) },
	  { BITS_ON(host_cr4, BIT(32)) } },
	{ RULE(host_rip_above_32_bits), { SIZE_OFF, SET(host_rip, BIT(32)) },
	  { SIZE_OFF, SET(host_rip, BIT(32) - 1) } },
	{ RULE(host_rip_above_32_bits), { SIZE_OFF, SET(host_rip, BIT(32)) },
	  { SET(host_rip, BIT(32)) } },
	{ RULE(host_s_cet_above_32_bits), { SIZE_OFF, ON(EXIT, load_cet_state), S_CET(BIT(32)) },
	  { SIZE_OFF, ON(EXIT, load_cet_state), S_CET(BIT(31)) } },
	{ RULE(host_s_cet_above_32_bits), { SIZE_OFF, ON(EXIT, load_cet_state), S_CET(BIT(32)) },
	  { SIZE_OFF, S_CET(BIT(32)) } },
	{ RULE(host_ssp_above_32_bits),
	  { SIZE_OFF, ON(EXIT, load_cet_state), SET(host_ssp, BIT(32)) },
	  { SIZE_OFF, ON(EXIT, load_cet_state), SET(host_ssp, BIT(31)) } },
	{ RULE(host_ssp_above_32_bits),
	  { SIZE_OFF, ON(EXIT, load_cet_state), SET(host_ssp, BIT(32)) },
	  { SIZE_OFF, SET(host_ssp, BIT(32)) } },
	{ RULE(host_cr4_without_pae), { BITS_OFF(host_cr4, CR4_PAE) },
	  { SIZE_OFF, BITS_OFF(host_cr4, CR4_PAE) } },
	{ RULE(host_rip_not_canonical), { SET(host_rip, BIT(47)) },
	  { SIZE_OFF, SET(host_rip, BIT(47)) } },
	{ RULE(host_s_cet_not_canonical), { ON(EXIT, load_cet_state), S_CET(BIT(47)) },
	  { SIZE_OFF, ON(EXIT, load_cet_state), S_CET(BIT(47)) } },
	{ RULE(host_ssp_not_canonical), { ON(EXIT, load_cet_state), SET(host_ssp, BIT(47)) },
	  { SIZE_OFF, ON(EXIT, load_cet_state), SET(host_ssp, BIT(47)) } },
	{ RULE(host_efer_lma), { SIZE_OFF }, { SIZE_OFF, SET(host_ia32_efer, 0) } },
	{ RULE(host_efer_lme), { SIZE_OFF }, { SIZE_OFF, SET(host_ia32_efer, 0) } },
};

static struct twist_tables tables = {
	.twists = twists, .twist_count = COUNT(twists), .flips = flips, .flips_count = COUNT(flips),
	.companies = companies, .company_count = COUNT(companies),
};

static void a_host_of_32_bits_has_rules_of_its_own(void **state)
{
	(void)state;
	try_companies(companies, COUNT(companies));
}

static void each_byte_of_pat_has_six_legal_values(void **state)
{
	(void)state;
	for (unsigned byte = 0; byte < 8; byte++)
		for (u64 type = 0; type < 256; type++) {
			bool legal = type < 2 || (type > 3 && type < 8);

			make_world();
			world.fields[ENTRY_FIELD_host_ia32_pat] &= ~(0xfful << 8 * byte);
			world.fields[ENTRY_FIELD_host_ia32_pat] |= type << 8 * byte;
			expect_only(legal ? NO_RULE : RULE(host_pat_reserved_type), "PAT byte",
				    byte);
			world.fields[ENTRY_FIELD_exit_controls] &= ~BIT(ENTRY_EXIT_load_pat);
			expect_only(NO_RULE, "PAT byte that is not loaded", byte);
		}
}

/* NW and CD, whatever the processor says of them. */
static void two_bits_of_cr0_are_never_checked(void **state)
{
	(void)state;
	make_world();
	processor.cr0_fixed0 |= BITS(30, 29);
	expect_only(NO_RULE, "NW and CD", 1);
	make_world();
	processor.cr0_fixed1 &= ~BITS(30, 29);
	world.fields[ENTRY_FIELD_host_cr0] |= BITS(30, 29);
	expect_only(NO_RULE, "NW and CD", 0);
}

static void canonical_is_by_the_width_of_the_processor(void **state)
{
	(void)state;
	make_world();
	processor.linear_width = 57;
	world.fields[ENTRY_FIELD_host_gs_base] = BIT(56) - 1;
	expect_only(NO_RULE, "bit", 55);
	world.fields[ENTRY_FIELD_host_gs_base] = BIT(56);
	expect_only(RULE(host_gs_base_not_canonical), "bit", 56);
}

static bool is_about_the_host(const struct entry_rule_row *row)
{
	return row->stage == ENTRY_STAGE_HOST;
}

static void each_rule_about_the_host_is_broken_here(void **state)
{
	(void)state;
	expect_all_broken(&tables, is_about_the_host);
}

static const struct CMUnitTest tests[] = {
	TESTS_OF_TABLES(&tables),
	cmocka_unit_test(a_host_of_32_bits_has_rules_of_its_own),
	cmocka_unit_test(each_byte_of_pat_has_six_legal_values),
	cmocka_unit_test(two_bits_of_cr0_are_never_checked),
	cmocka_unit_test(canonical_is_by_the_width_of_the_processor),
	cmocka_unit_test(each_rule_about_the_host_is_broken_here),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}

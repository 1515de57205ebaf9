/* entry_segments_test.c -- the model's rules of VM entry about the guest's segment registers,
 * against the SDM (vol. 3, "Checks on Guest Segment Registers")
 * links: tests/model/vm_entry.c tests/model/entry_rules.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/host/entry_lines.h"

static const u16 rules[] = {
#define CHECK(stage, name, ...) ENTRY_RULE_##name,
#include "tests/model/entry_segments.def"
#undef CHECK
};

#define NOT_CANONICAL 0x0000800000000000
#define CANONICAL     0xffff800000000000
#define UNUSABLE      BIT(16)

#define RIGHTS_TO(r, rights) SET(guest_##r##_access_rights, rights)
#define SELECTOR_TO(r, selector) SET(guest_##r##_selector, selector)

#define CANONICAL_BASE(r) \
	WRONG(r##_base_not_canonical, LONG, SET(guest_##r##_base, NOT_CANONICAL)), \
	WRONG(r##_base_not_canonical, FLAT, SET(guest_##r##_base, BIT(63))), \
	RIGHT(r##_base_not_canonical, LONG, SET(guest_##r##_base, CANONICAL)), \
	RIGHT(r##_base_not_canonical, LONG, SET(guest_##r##_base, NOT_CANONICAL - 1))

#define CANONICAL_UNLESS_UNUSABLE(r) \
	WRONG(r##_base_not_canonical, LONG, SET(guest_##r##_base, NOT_CANONICAL), \
	      ON(guest_##r##_access_rights, UNUSABLE))

#define LOW_BASE(r) \
	WRONG(r##_base_63_32, LONG, SET(guest_##r##_base, BIT(32))), \
	WRONG(r##_base_63_32, LONG, SET(guest_##r##_base, BIT(63))), \
	RIGHT(r##_base_63_32, LONG, SET(guest_##r##_base, 0xffffffff))

#define UNUSABLE_BASE(r) \
	RIGHT(r##_base_63_32, LONG, SET(guest_##r##_base, BIT(63)), \
	      ON(guest_##r##_access_rights, UNUSABLE))

#define VIRTUAL_8086(r) \
	WRONG(r##_base_in_virtual_8086_mode, VIRTUAL, SET(guest_##r##_base, 0x10010)), \
	WRONG(r##_base_in_virtual_8086_mode, VIRTUAL, SELECTOR_TO(r, 0x1001)), \
	RIGHT(r##_base_in_virtual_8086_mode, VIRTUAL, SELECTOR_TO(r, 0xffff), \
	      SET(guest_##r##_base, 0xffff0)), \
	WRONG(r##_limit_in_virtual_8086_mode, VIRTUAL, SET(guest_##r##_limit, 0xfffe)), \
	WRONG(r##_limit_in_virtual_8086_mode, VIRTUAL, SET(guest_##r##_limit, 0x1ffff)), \
	RIGHT(r##_limit_in_virtual_8086_mode, VIRTUAL), \
	WRONG(r##_rights_in_virtual_8086_mode, VIRTUAL, RIGHTS_TO(r, 0x93)), \
	WRONG(r##_rights_in_virtual_8086_mode, VIRTUAL, RIGHTS_TO(r, 0xfb)), \
	WRONG(r##_rights_in_virtual_8086_mode, VIRTUAL, RIGHTS_TO(r, 0x100f3)), \
	RIGHT(r##_rights_in_virtual_8086_mode, VIRTUAL), \
	RIGHT(r##_rights_in_virtual_8086_mode, LONG)

/* Wrong, and right beside it, with the access rights `legal` of a segment that is in use. */
#define EACH(r, legal) \
	WRONG(r##_not_present, LONG, RIGHTS_TO(r, (legal) & ~BIT(7))), \
	RIGHT(r##_not_present, LONG, RIGHTS_TO(r, legal)), \
	WRONG(r##_rights_11_8, LONG, RIGHTS_TO(r, (legal) | BIT(8))), \
	WRONG(r##_rights_11_8, LONG, RIGHTS_TO(r, (legal) | BIT(11))), \
	RIGHT(r##_rights_11_8, LONG, RIGHTS_TO(r, (legal) | BIT(12))), \
	WRONG(r##_rights_31_17, LONG, RIGHTS_TO(r, (legal) | BIT(17))), \
	WRONG(r##_rights_31_17, LONG, RIGHTS_TO(r, (legal) | BIT(31))), \
	RIGHT(r##_rights_31_17, LONG, RIGHTS_TO(r, legal)), \
	WRONG(r##_limit_low_with_granularity, LONG, RIGHTS_TO(r, (legal) | BIT(15)), \
	      SET(guest_##r##_limit, 0xfffffffe)), \
	WRONG(r##_limit_low_with_granularity, LONG, RIGHTS_TO(r, (legal) | BIT(15)), \
	      SET(guest_##r##_limit, 0x7ff)), \
	RIGHT(r##_limit_low_with_granularity, LONG, RIGHTS_TO(r, (legal) | BIT(15)), \
	      SET(guest_##r##_limit, 0xfff)), \
	RIGHT(r##_limit_low_with_granularity, LONG, RIGHTS_TO(r, (legal) & ~BIT(15)), \
	      SET(guest_##r##_limit, 0)), \
	WRONG(r##_limit_high_without_granularity, LONG, RIGHTS_TO(r, (legal) & ~BIT(15)), \
	      SET(guest_##r##_limit, 0x100fff)), \
	WRONG(r##_limit_high_without_granularity, LONG, RIGHTS_TO(r, (legal) & ~BIT(15)), \
	      SET(guest_##r##_limit, 0x80000000)), \
	RIGHT(r##_limit_high_without_granularity, LONG, RIGHTS_TO(r, (legal) & ~BIT(15)), \
	      SET(guest_##r##_limit, 0xfffff)), \
	RIGHT(r##_limit_high_without_granularity, LONG, RIGHTS_TO(r, (legal) | BIT(15)), \
	      SET(guest_##r##_limit, 0xffffffff))

#define CODE_OR_DATA(r, legal) \
	EACH(r, legal), \
	WRONG(r##_system_segment, LONG, RIGHTS_TO(r, (legal) & ~BIT(4))), \
	RIGHT(r##_system_segment, LONG, RIGHTS_TO(r, legal)), \
	RIGHT(r##_system_segment, VIRTUAL)

#define SYSTEM(r, legal) \
	EACH(r, legal), \
	WRONG(r##_not_system_segment, LONG, RIGHTS_TO(r, (legal) | BIT(4))), \
	RIGHT(r##_not_system_segment, LONG, RIGHTS_TO(r, legal))

/* All wrong at once, but unusable. */
#define UNUSABLE_SEGMENT(r) \
	RIGHT(r##_not_present, LONG, RIGHTS_TO(r, UNUSABLE | BIT(31) | BIT(11)), \
	      SET(guest_##r##_limit, BIT(20))), \
	RIGHT(r##_limit_low_with_granularity, LONG, RIGHTS_TO(r, UNUSABLE | BIT(15)), \
	      SET(guest_##r##_limit, 1))

#define DATA(r) \
	CODE_OR_DATA(r, 0xc093), \
	UNUSABLE_SEGMENT(r), \
	WRONG(r##_not_accessed, LONG, RIGHTS_TO(r, 0xc092)), \
	WRONG(r##_not_accessed, LONG, RIGHTS_TO(r, 0xc090)), \
	WRONG(r##_not_accessed, LONG, RIGHTS_TO(r, 0xc09a)), \
	RIGHT(r##_not_accessed, LONG, RIGHTS_TO(r, 0xc091)), \
	RIGHT(r##_not_accessed, LONG, RIGHTS_TO(r, 0xc097)), \
	RIGHT(r##_not_accessed, LONG, RIGHTS_TO(r, UNUSABLE | 0xc092)), \
	WRONG(r##_code_not_readable, LONG, RIGHTS_TO(r, 0xc099)), \
	WRONG(r##_code_not_readable, LONG, RIGHTS_TO(r, 0xc09d)), \
	RIGHT(r##_code_not_readable, LONG, RIGHTS_TO(r, 0xc09b)), \
	RIGHT(r##_code_not_readable, LONG, RIGHTS_TO(r, 0xc09f)), \
	RIGHT(r##_code_not_readable, LONG, RIGHTS_TO(r, UNUSABLE | 0xc099)), \
	WRONG(r##_dpl_below_rpl, LONG, SELECTOR_TO(r, 0x11)), \
	WRONG(r##_dpl_below_rpl, LONG, SELECTOR_TO(r, 0x13), RIGHTS_TO(r, 0xc0d3)), \
	WRONG(r##_dpl_below_rpl, LONG, SELECTOR_TO(r, 0x13), RIGHTS_TO(r, 0xc09b)), \
	RIGHT(r##_dpl_below_rpl, LONG, SELECTOR_TO(r, 0x12), RIGHTS_TO(r, 0xc0d3)), \
	RIGHT(r##_dpl_below_rpl, LONG, SELECTOR_TO(r, 0x12), RIGHTS_TO(r, 0xc0f3)), \
	RIGHT(r##_dpl_below_rpl, LONG, SELECTOR_TO(r, 0x13), RIGHTS_TO(r, 0xc09f)), \
	RIGHT(r##_dpl_below_rpl, LONG, SELECTOR_TO(r, 0x13), RIGHTS_TO(r, UNUSABLE | 0xc093)), \
	RIGHT(r##_dpl_below_rpl, UNRESTRICTED_FLAT, SELECTOR_TO(r, 0x13))

#define FRED ON(guest_cr4, BIT(32))

static const struct line lines[] = {
	WRONG(tr_in_local_table, LONG, SELECTOR_TO(tr, 0x1c)),
	RIGHT(tr_in_local_table, LONG, SELECTOR_TO(tr, 0x1b)),
	WRONG(ldtr_in_local_table, LONG, SELECTOR_TO(ldtr, 4), RIGHTS_TO(ldtr, 0x82)),
	RIGHT(ldtr_in_local_table, LONG, SELECTOR_TO(ldtr, 0x2b), RIGHTS_TO(ldtr, 0x82)),
	RIGHT(ldtr_in_local_table, LONG, SELECTOR_TO(ldtr, 4)),
	WRONG(ss_rpl_differs_from_cs, LONG, SELECTOR_TO(cs, 0x0b)),
	WRONG(ss_rpl_differs_from_cs, USER, SELECTOR_TO(cs, 0x0a)),
	RIGHT(ss_rpl_differs_from_cs, USER),
	RIGHT(ss_rpl_differs_from_cs, UNRESTRICTED_FLAT, SELECTOR_TO(cs, 0x0b)),
	RIGHT(ss_rpl_differs_from_cs, VIRTUAL, SELECTOR_TO(cs, 1), SET(guest_cs_base, 0x10)),

	CANONICAL_BASE(tr),
	CANONICAL_BASE(fs),
	CANONICAL_UNLESS_UNUSABLE(fs),
	CANONICAL_BASE(gs),
	CANONICAL_UNLESS_UNUSABLE(gs),
	WRONG(ldtr_base_not_canonical, LONG, RIGHTS_TO(ldtr, 0x82),
	      SET(guest_ldtr_base, NOT_CANONICAL)),
	RIGHT(ldtr_base_not_canonical, LONG, RIGHTS_TO(ldtr, 0x82),
	      SET(guest_ldtr_base, CANONICAL)),
	RIGHT(ldtr_base_not_canonical, LONG, SET(guest_ldtr_base, NOT_CANONICAL)),
	LOW_BASE(cs),
	LOW_BASE(ss),
	UNUSABLE_BASE(ss),
	LOW_BASE(ds),
	UNUSABLE_BASE(ds),
	LOW_BASE(es),
	UNUSABLE_BASE(es),

	VIRTUAL_8086(cs),
	VIRTUAL_8086(ss),
	VIRTUAL_8086(ds),
	VIRTUAL_8086(es),
	VIRTUAL_8086(fs),
	VIRTUAL_8086(gs),

	CODE_OR_DATA(cs, 0xa09b),
	WRONG(cs_not_present, LONG, RIGHTS_TO(cs, UNUSABLE | 0xa01b)),
	RIGHT(cs_not_present, LONG, RIGHTS_TO(cs, UNUSABLE | 0xa09b)),
	WRONG(cs_type, LONG, RIGHTS_TO(cs, 0xa093)),
	WRONG(cs_type, LONG, RIGHTS_TO(cs, 0xa091)),
	WRONG(cs_type, LONG, RIGHTS_TO(cs, 0xa09a)),
	WRONG(cs_type, LONG, RIGHTS_TO(cs, 0xa09e)),
	WRONG(cs_type, FLAT, RIGHTS_TO(cs, 0xc093)),
	WRONG(cs_type, UNRESTRICTED_FLAT, RIGHTS_TO(cs, 0xc091)),
	WRONG(cs_type, UNRESTRICTED_FLAT, RIGHTS_TO(cs, 0xc095)),
	WRONG(cs_type, UNRESTRICTED_FLAT, RIGHTS_TO(cs, 0xc097)),
	WRONG(cs_type, UNRESTRICTED_FLAT, RIGHTS_TO(cs, 0xc092)),
	RIGHT(cs_type, LONG, RIGHTS_TO(cs, 0xa099)),
	RIGHT(cs_type, LONG, RIGHTS_TO(cs, 0xa09d)),
	RIGHT(cs_type, LONG, RIGHTS_TO(cs, 0xa09f)),
	RIGHT(cs_type, UNRESTRICTED_FLAT, RIGHTS_TO(cs, 0xc093)),
	RIGHT(cs_type, REAL),
	RIGHT(cs_type, REAL, RIGHTS_TO(cs, 0x9b)),
	RIGHT(cs_type, VIRTUAL),
	WRONG(cs_type_3_with_dpl, UNRESTRICTED_FLAT, RIGHTS_TO(cs, 0xc0b3)),
	WRONG(cs_type_3_with_dpl, UNRESTRICTED_FLAT, RIGHTS_TO(cs, 0xc0d3)),
	RIGHT(cs_type_3_with_dpl, UNRESTRICTED_FLAT, RIGHTS_TO(cs, 0xc093)),
	RIGHT(cs_type_3_with_dpl, VIRTUAL),
	WRONG(cs_nonconforming_dpl_differs_from_ss, LONG, RIGHTS_TO(cs, 0xa0bb)),
	WRONG(cs_nonconforming_dpl_differs_from_ss, LONG, RIGHTS_TO(cs, 0xa0f9)),
	WRONG(cs_nonconforming_dpl_differs_from_ss, USER, RIGHTS_TO(cs, 0xa0d9)),
	RIGHT(cs_nonconforming_dpl_differs_from_ss, USER),
	RIGHT(cs_nonconforming_dpl_differs_from_ss, USER, RIGHTS_TO(cs, 0xa0df)),
	RIGHT(cs_nonconforming_dpl_differs_from_ss, VIRTUAL),
	WRONG(cs_conforming_dpl_above_ss, LONG, RIGHTS_TO(cs, 0xa0bf)),
	WRONG(cs_conforming_dpl_above_ss, LONG, RIGHTS_TO(cs, 0xa0fd)),
	RIGHT(cs_conforming_dpl_above_ss, LONG, RIGHTS_TO(cs, 0xa09f)),
	RIGHT(cs_conforming_dpl_above_ss, USER, RIGHTS_TO(cs, 0xa09f)),
	RIGHT(cs_conforming_dpl_above_ss, USER, RIGHTS_TO(cs, 0xa0fd)),
	RIGHT(cs_conforming_dpl_above_ss, VIRTUAL),
	WRONG(cs_64_bit_and_32_bit, LONG, RIGHTS_TO(cs, 0xe09b)),
	RIGHT(cs_64_bit_and_32_bit, COMPATIBILITY),
	RIGHT(cs_64_bit_and_32_bit, FLAT, RIGHTS_TO(cs, 0xe09b)),
	WRONG(cs_not_64_bit_at_dpl_0_with_fred, COMPATIBILITY, FRED),
	RIGHT(cs_not_64_bit_at_dpl_0_with_fred, LONG, FRED),
	RIGHT(cs_not_64_bit_at_dpl_0_with_fred, USER, FRED, RIGHTS_TO(cs, 0xc0fb)),

	CODE_OR_DATA(ss, 0xc093),
	UNUSABLE_SEGMENT(ss),
	WRONG(ss_type, LONG, RIGHTS_TO(ss, 0xc091)),
	WRONG(ss_type, LONG, RIGHTS_TO(ss, 0xc092)),
	WRONG(ss_type, LONG, RIGHTS_TO(ss, 0xc095)),
	WRONG(ss_type, LONG, RIGHTS_TO(ss, 0xc09b)),
	RIGHT(ss_type, LONG, RIGHTS_TO(ss, 0xc097)),
	RIGHT(ss_type, LONG, RIGHTS_TO(ss, UNUSABLE | 0xc091)),
	RIGHT(ss_type, VIRTUAL),
	WRONG(ss_dpl_differs_from_rpl, LONG, SELECTOR_TO(cs, 0x0b), SELECTOR_TO(ss, 0x13)),
	WRONG(ss_dpl_differs_from_rpl, LONG, RIGHTS_TO(cs, 0xa0fb), RIGHTS_TO(ss, 0xc0f3)),
	WRONG(ss_dpl_differs_from_rpl, LONG, RIGHTS_TO(cs, 0xa0fb), RIGHTS_TO(ss, UNUSABLE | 0x60)),
	RIGHT(ss_dpl_differs_from_rpl, USER),
	RIGHT(ss_dpl_differs_from_rpl, USER, RIGHTS_TO(ss, UNUSABLE | 0x60)),
	RIGHT(ss_dpl_differs_from_rpl, UNRESTRICTED_FLAT, SELECTOR_TO(ss, 0x13)),
	RIGHT(ss_dpl_differs_from_rpl, VIRTUAL),
	WRONG(ss_dpl_with_cs_of_type_3, UNRESTRICTED_FLAT, RIGHTS_TO(cs, 0xc093),
	      RIGHTS_TO(ss, 0xc0b3)),
	RIGHT(ss_dpl_with_cs_of_type_3, UNRESTRICTED_FLAT, RIGHTS_TO(cs, 0xc093)),
	RIGHT(ss_dpl_with_cs_of_type_3, UNRESTRICTED_FLAT, RIGHTS_TO(cs, 0xc0bb),
	      RIGHTS_TO(ss, 0xc0b3)),
	RIGHT(ss_dpl_with_cs_of_type_3, VIRTUAL),
	WRONG(ss_dpl_without_protection, REAL, RIGHTS_TO(cs, 0xfb), RIGHTS_TO(ss, 0xf3)),
	WRONG(ss_dpl_without_protection, REAL, RIGHTS_TO(cs, 0xbb), RIGHTS_TO(ss, 0xb3)),
	RIGHT(ss_dpl_without_protection, REAL),
	RIGHT(ss_dpl_without_protection, UNRESTRICTED_FLAT, RIGHTS_TO(cs, 0xc0fb),
	      RIGHTS_TO(ss, 0xc0f3)),
	RIGHT(ss_dpl_without_protection, VIRTUAL),
	WRONG(ss_dpl_1_or_2_with_fred, USER, FRED, RIGHTS_TO(cs, 0xa0bb), RIGHTS_TO(ss, 0xc0b3),
	      SELECTOR_TO(cs, 0x29), SELECTOR_TO(ss, 0x31)),
	WRONG(ss_dpl_1_or_2_with_fred, USER, FRED, RIGHTS_TO(cs, 0xa0db), RIGHTS_TO(ss, 0xc0d3),
	      SELECTOR_TO(cs, 0x2a), SELECTOR_TO(ss, 0x32)),
	RIGHT(ss_dpl_1_or_2_with_fred, USER, FRED),
	RIGHT(ss_dpl_1_or_2_with_fred, LONG, FRED),
	RIGHT(ss_dpl_1_or_2_with_fred, USER, RIGHTS_TO(cs, 0xa0bb), RIGHTS_TO(ss, 0xc0b3),
	      SELECTOR_TO(cs, 0x29), SELECTOR_TO(ss, 0x31)),

	DATA(ds),
	DATA(es),
	DATA(fs),
	DATA(gs),

	SYSTEM(tr, 0x8b),
	WRONG(tr_type, LONG, RIGHTS_TO(tr, 0x83)),
	WRONG(tr_type, LONG, RIGHTS_TO(tr, 0x89)),
	WRONG(tr_type, COMPATIBILITY, RIGHTS_TO(tr, 0x83)),
	WRONG(tr_type, FLAT, RIGHTS_TO(tr, 0x81)),
	WRONG(tr_type, FLAT, RIGHTS_TO(tr, 0x89)),
	RIGHT(tr_type, FLAT, RIGHTS_TO(tr, 0x83)),
	RIGHT(tr_type, FLAT),
	WRONG(tr_unusable, LONG, RIGHTS_TO(tr, UNUSABLE | 0x8b)),
	RIGHT(tr_unusable, LONG, RIGHTS_TO(tr, 0x8b)),
	SYSTEM(ldtr, 0x82),
	UNUSABLE_SEGMENT(ldtr),
	RIGHT(ldtr_not_system_segment, LONG, RIGHTS_TO(ldtr, UNUSABLE | BIT(4))),
	WRONG(ldtr_type, LONG, RIGHTS_TO(ldtr, 0x83)),
	WRONG(ldtr_type, LONG, RIGHTS_TO(ldtr, 0x80)),
	RIGHT(ldtr_type, LONG, RIGHTS_TO(ldtr, 0x82)),
	RIGHT(ldtr_type, LONG, RIGHTS_TO(ldtr, UNUSABLE | 0x83)),
};

LINE_TESTS

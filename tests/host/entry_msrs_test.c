/* entry_msrs_test.c -- the model's rules of VM entry about its list of MSRs, against the SDM
 * (vol. 3, "Loading MSRs" of VM entries; vol. 2, "WRMSR")
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
#include "tests/model/entry_msrs.def"
#undef CHECK
};

#define LIST 0xe000
#define COUNT_TO(count) SET(entry_msr_load_count, count), SET(entry_msr_load_address, LIST)
#define AT(place, msr, value) STORE(LIST + (place) * 16, msr), STORE(LIST + (place) * 16 + 8, value)
#define LIST_OF_ONE(msr, value) COUNT_TO(1), AT(0, msr, value)
#define LIST_OF_TWO(msr, value) COUNT_TO(2), AT(0, STAR, 0), AT(1, msr, value)

enum { TSC = 0x10, SPEC_CTRL = 0x48, SYSENTER_ESP = 0x175, SYSENTER_EIP = 0x176, DEBUGCTL = 0x1d9,
       PAT = 0x277, PERF_GLOBAL_CTRL = 0x38f, S_CET = 0x6a2, BNDCFGS = 0xd90 };
#define EFER           0xc0000080
#define STAR           0xc0000081
#define LSTAR          0xc0000082
#define FS_BASE        0xc0000100
#define GS_BASE        0xc0000101
#define KERNEL_GS_BASE 0xc0000102

#define NOT_CANONICAL 0x0000800000000000
#define CANONICAL     0xffff800000000000

/* Wrong in the first place and in the last, right beside it and where the list is shorter. */
#define MSR(rule, wrong, wrong_value, right, right_value) \
	WRONG(rule, LONG, LIST_OF_ONE(wrong, wrong_value)), \
	WRONG(rule, LONG, LIST_OF_TWO(wrong, wrong_value)), \
	RIGHT(rule, LONG, LIST_OF_ONE(right, right_value)), \
	RIGHT(rule, LONG, COUNT_TO(1), AT(1, wrong, wrong_value)), \
	RIGHT(rule, LONG, COUNT_TO(0), AT(0, wrong, wrong_value))

#define VALUE(msr, wrong_value, right_value) \
	MSR(entry_msr_value, msr, wrong_value, msr, right_value)

static const struct line lines[] = {
	MSR(entry_msr_fs_base, FS_BASE, 0, KERNEL_GS_BASE, 0),
	MSR(entry_msr_gs_base, GS_BASE, 0, KERNEL_GS_BASE, 0),
	MSR(entry_msr_x2apic_register, 0x800, 0, 0x7ff, 0),
	MSR(entry_msr_x2apic_register, 0x8ff, 0, 0x900, 0),
	RIGHT(entry_msr_x2apic_register, LONG, LIST_OF_ONE(0x40000800, 0)),
	MSR(entry_msr_smm_monitor_ctl, 0x9b, 0, 0x9a, 0),
	MSR(entry_msr_smbase, 0x9e, 0, 0x9d, 0),
	MSR(entry_msr_bits_63_32, STAR | BIT(32), 0, STAR, 0),
	MSR(entry_msr_bits_63_32, STAR | BIT(63), 0, STAR, ~0ul),
	VALUE(SYSENTER_ESP, NOT_CANONICAL, CANONICAL),
	VALUE(SYSENTER_EIP, NOT_CANONICAL, CANONICAL),
	VALUE(LSTAR, NOT_CANONICAL, CANONICAL),
	VALUE(KERNEL_GS_BASE, NOT_CANONICAL, CANONICAL),
	VALUE(PAT, 2, 0x0706050401000606),
	VALUE(EFER, 0xd03, 0xd01),
	VALUE(EFER, 0xc01, 0x501),
	WRONG(entry_msr_value, FLAT, LIST_OF_ONE(EFER, 0x901)),
	RIGHT(entry_msr_value, FLAT, LIST_OF_ONE(EFER, 0)),
	RIGHT(entry_msr_value, UNRESTRICTED_FLAT, LIST_OF_ONE(EFER, 0x901)),
	VALUE(S_CET, BIT(6), 0x43f),
	VALUE(S_CET, BITS(11, 10), BIT(10)),
	VALUE(S_CET, NOT_CANONICAL, CANONICAL),
	VALUE(BNDCFGS, BIT(2), 3),
	VALUE(BNDCFGS, NOT_CANONICAL, CANONICAL),
	VALUE(DEBUGCTL, BIT(2), 0xdfc3),
	VALUE(PERF_GLOBAL_CTRL, BIT(8), 0x7000000ff),
	VALUE(SPEC_CTRL, BIT(3), 7),
	RIGHT(entry_msr_value, LONG, LIST_OF_ONE(TSC, ~0ul)),
	RIGHT(entry_msr_value, LONG, LIST_OF_ONE(STAR, ~0ul)),
	RIGHT(entry_msr_value, LONG, LIST_OF_ONE(0x79, ~0ul)),
	RIGHT(entry_msr_value, LONG, LIST_OF_ONE(0x8b, ~0ul)),
	RIGHT(entry_msr_value, LONG, LIST_OF_ONE(0x12345, ~0ul)),
	RIGHT(entry_msr_value, LONG, LIST_OF_ONE(SPEC_CTRL, ~0ul), OFFER(msr_bits.spec_ctrl, 0)),
	WRONG(entry_msr_value, LONG, COUNT_TO(512), AT(0, PAT, 2)),
	RIGHT(entry_msr_value, LONG, COUNT_TO(513), AT(0, PAT, 2)),
	WRONG(entry_msr_value, LONG, COUNT_TO(513), AT(0, PAT, 2), OFFER(misc, 1ul << 25)),
};

LINE_TESTS

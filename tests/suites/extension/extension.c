/* extension.c -- the suites that are loaded beside the kernel are protected as the kernel is, and
 * have fix-ups and names as it has */
#include "kernel/image.h"
#include "tests/module/extension.h"
#include "kernel/guarded.h"
#include "kernel/string.h"
#include "kernel/symbols.h"
#include "kernel/traps.h"
#include "tests/kernel/mappings.h"
#include "tests/report/test.h"

unsigned try_undefined(void);                   /* stubs.asm */

static __attribute__((noinline)) void find_me(void)
{
	asm volatile ("ud2");
}

TEST("extension/code_is_not_writable", "a write to a loaded suite's code is #PF",
     "Determination of Access Rights")
{
	expect_page_fault(try_write(image_room, 0), image_room,
			  PF_PRESENT | PF_WRITE);
}

TEST("extension/constants_are_not_writable", "a write to a loaded suite's constants is #PF",
     "Determination of Access Rights")
{
	static const u8 constant = 1;

	expect_page_fault(try_write((void *)&constant, 0), &constant,
			  PF_PRESENT | PF_WRITE);
}

TEST("extension/data_is_not_executable", "a call into a loaded suite's data or constants is #PF",
     "Determination of Access Rights")
{
	static const u8 constant[] = { 0xc3 };  /* RET */
	static u8 data[] = { 0xc3 };

	expect_page_fault(try_call(data), data, PF_PRESENT | PF_FETCH);
	expect_page_fault(try_call(constant), constant, PF_PRESENT | PF_FETCH);
}

static u8 bytes_without_value[2 * PAGE_SIZE];

TEST("extension/data_has_its_values", "a loaded suite's data have their values, the others 0", "")
{
	static volatile u64 value = 0x1234;
	u64 other = 0;

	EXPECT_EQUAL(value, 0x1234);
	for (size_t i = 0; i < sizeof(bytes_without_value); i++)
		other += ((volatile u8 *)bytes_without_value)[i];
	EXPECT_EQUAL(other, 0);
	EXPECT_EQUAL(try_write(bytes_without_value, 0), 0);
}

TEST("extension/is_mapped_by_its_parts",
     "a loaded suite's pages are none writable and executable, and CPL 3 reaches .user alone",
     "Determination of Access Rights")
{
	expect_sound_mappings();
}

TEST("extension/faults_find_their_fixups", "a fault in a loaded suite goes on at its fix-up", "")
{
	EXPECT_EQUAL(try_undefined(), OUTCOME_FAULTED + VECTOR_UD);
}

TEST("extension/functions_have_names", "a loaded suite's functions are named in backtraces", "")
{
	struct named_address here = symbol_of((u64)find_me + 1), kernel = symbol_of((u64)symbol_of);

	if (strcmp(here.name, "find_me") != 0 || here.offset != 1)
		FAIL("a function of the suite is %s+%#lx", here.name, here.offset);
	if (strcmp(kernel.name, "symbol_of") != 0 || kernel.offset != 0)
		FAIL("a function of the kernel is %s+%#lx", kernel.name, kernel.offset);
}

/* For tests/boot/extension.t. */
TEST_ON_REQUEST("fault/in_a_suite", "an unexpected #UD in a loaded suite ends the run", "")
{
	find_me();
}

/* script_test.c -- the loader plays what is good, and refuses with its own reason what is not
 * links: tests/script/script.c tests/script/script_check.c tests/script/check.c
 * links: tests/script/regions.c tests/script/steps.c tests/script/order.c
 * links: tests/script/state_checks.c tests/script/memory_checks.c tests/script/root_checks.c
 * links: tests/module/module.c
 * links: kernel/print.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "drivers/serial.h"
#include "kernel/control_registers.h"
#include "tests/host/script_exercise.h"
#include "vmx/vmcs.h"

/* kernel/print.c calls it to print; nothing is printed here. */
void serial_write(const char *text, size_t length)
{
	(void)text;
	(void)length;
}

/* --- A good file, built by hand ------------------------------------------------------------ */

enum { REGIONS = 2, STEPS = 17 };

struct file {
	struct script_header  header;
	struct script_region  regions[REGIONS];
	struct script_step    steps[STEPS];
	char                  strings[64];
	u8                    contents[REGIONS][16];
	struct file_trailer trailer;
} __attribute__((packed));

#define AT(member) ((u32)offsetof(struct file, member))

/* Offsets within the strings. */
enum { NAME = 0, TITLE = 16, SOURCE = 32, CODE = 40, DATA = 45, LABEL = 50 };
enum { RULE = 55 };
static const char strings[64] =
	"group/good_file\0a claim is made\0x/y.asm\0CODE\0DATA\0here\0a: b\0c:d";

static struct script_step step(u16 kind, u16 what, u64 value, u64 second)
{
	static u32 line;

	line = kind == STEP_VMCS_CLEAR ? 10 : line + 1;
	return (struct script_step){
		.kind = kind, .what = what, .line = line, .value = value, .second = second };
}

static struct script_header good_header(void)
{
	return (struct script_header){
		.magic = { 'S', 'C', 'E', 'N', 'A', 'R', 'I', 'O' },
		.version = 5, .mode = 1, .size = sizeof(struct file), .entry = 0x1000,
		.regions = AT(regions), .region_count = REGIONS,
		.steps = AT(steps), .step_count = STEPS,
		.strings = AT(strings), .strings_size = sizeof(strings),
		.name = AT(strings) + NAME, .title = AT(strings) + TITLE,
		.source = AT(strings) + SOURCE, .views = 2,
		.rules = AT(strings) + RULE, .rule_count = 2,
		.needs = { 5, 1, 1 }, .needs_no = { 8 },
	};
}

static struct script_region good_region(u32 which, u64 gpa, u64 size, u32 name)
{
	u32 contents = AT(contents) + which * 16;

	return (struct script_region){
		.gpa = gpa, .size = size, .access = 7, .memory_type = 6, .level = EPT_PT,
		.contents = contents, .contents_end = contents + 16, .name = AT(strings) + name,
	};
}

static struct file good_file(void)
{
	struct file file = {
		.header = good_header(),
		.regions = {
			good_region(0, 0x1000, 0x1000, CODE),
			good_region(1, 0x4000, 0x3000, DATA),
		},
		.steps = {
			step(STEP_VMCS_CLEAR, 0x6804, 0x2000, 0),
			step(STEP_SET, OBSERVABLE_rax, 1, 0),
			step(STEP_REPEAT, 0, 1000000, 0),
			step(STEP_EXPECT, 10, 0, 0),
			step(STEP_CHECK, OBSERVABLE_rip, 0x1008, 0),
			step(STEP_SKIP, 0, 0, 0),
			step(STEP_END_REPEAT, 0, 0, 0),
			step(STEP_EXPECT, 48, 0, 0),
			step(STEP_CHECK_VMCS, 0x4402, 48, 0),
			step(STEP_HOLDS, 8, 0x6ff8, 7),
			step(STEP_REMAP, 3 | SCRIPT_KEEP_TYPE << 8, 0x4000, 1ull << 51),
			step(STEP_INVEPT, 0, 0, 0),
			step(STEP_RESUME, 0, 0, 0),
			step(STEP_EXPECT, 0xff07, 0, 0),
			step(STEP_RESUME_AT, 0, 0x1008, 0),
			step(STEP_EXPECT, 18, 0, 0),
			step(STEP_FINISH, 0, 0, 0),
		},
		.trailer.magic = { 'O', 'I', 'R', 'A', 'N', 'E', 'C', 'S' },
	};

	memcpy(file.strings, strings, sizeof(strings));
	file.steps[4].text = AT(strings) + LABEL;
	return file;
}

/* --- Judging -------------------------------------------------------------------------------- */

/* Returns "good" or the reason.  The file is in memory of exactly its size, so that a read past it
 * is noticed. */
static const char *verdict(const void *bytes, u64 size)
{
	static char reason[256];
	struct script script;
	u8 *copy = malloc(size ? size : 1);

	memcpy(copy, bytes, size);
	const char *refused = script_check(copy, size, &script, reason, sizeof(reason));
	if (!refused)
		script_exercise(&script);
	free(copy);
	return refused ? refused : "good";
}

static void a_good_file_is_accepted(void **state)
{
	struct file file = good_file();
	struct script script;
	char reason[256];

	(void)state;
	assert_null(script_check((const u8 *)&file, sizeof(file), &script, reason, sizeof(reason)));
	assert_ptr_equal(script.header, &file.header);
	assert_ptr_equal(script.regions, file.regions);
	assert_ptr_equal(script.steps, file.steps);
	assert_string_equal(script_text(&script, script.header->name), "group/good_file");
}

static void a_file_cut_anywhere_is_refused(void **state)
{
	struct file file = good_file();

	(void)state;
	for (u64 size = 0; size < sizeof(file); size++) {
		assert_string_not_equal(verdict(&file, size), "good");
		script_exercise_module((const u8 *)&file, size);
	}
	assert_string_equal(verdict(&file, 0), "the module is empty");
	assert_string_equal(verdict(&file, 7),
			    "no scenario here: 7 bytes without the word SCENARIO");
	assert_string_equal(verdict(&file, 127),
			    "cut off: 127 bytes, and header and trailer alone take 128");
	assert_string_equal(verdict(&file, 140),
			    "cut off: the header says 848 bytes, 140 are here");
}

/* --- One thing broken, one reason ----------------------------------------------------------- */

struct damage {
	u32 offset, size;               /* of the member */
	u64 value;
	const char *reason;
};

#define DAMAGE(member, value, reason) \
	{ offsetof(struct file, member), sizeof(((struct file *)0)->member), value, reason }

static const struct damage damages[] = {
	DAMAGE(header.magic[0], 's', "no scenario here: 848 bytes without the word SCENARIO"),
	DAMAGE(header.version, 9, "version 9, this kernel takes version 5"),
	DAMAGE(header.size, 127, "by the header 127 bytes, and header and trailer alone take 128"),
	DAMAGE(header.size, 849, "cut off: the header says 849 bytes, 848 are here"),
	DAMAGE(header.size, 800, "no trailer at 0x318, where by the header it is"),
	DAMAGE(trailer.magic[7], 's', "no trailer at 0x348, where by the header it is"),
	DAMAGE(header.mode, 0, "no guest starts at 0x1000"),
	DAMAGE(header.mode, 0xffff, "mode 65535, not in vmx/modes.def"),
	DAMAGE(header.needs[2], 1ull << 63,
	       "needs 0x8000000000000000 of word 2, not in vmx/capabilities.def"),
	DAMAGE(header.needs_no[2], 1ull << 62,
	       "needs 0x4000000000000000 of word 2, not in vmx/capabilities.def"),
	DAMAGE(header.entry, 0x2000, "the guest starts at 0x2000, which is in no page"),
	DAMAGE(header.entry, 1ull << 32,
	       "the guest starts at 0x100000000, in a mode that reaches to 0xffffffff"),
	DAMAGE(header.views, 0, "0 views, of 1 to 8"),
	DAMAGE(header.views, 9, "9 views, of 1 to 8"),
	DAMAGE(header.regions, 0, "pages start at 0, but what stands before ends at 0x78"),
	DAMAGE(header.region_count, 0, "0 pages, of 1 to 256"),
	DAMAGE(header.region_count, 257, "257 pages, of 1 to 256"),
	DAMAGE(header.region_count, 200, "pages end at 0x1fb8, past the file's end at 0x348"),
	DAMAGE(header.steps, 0xc7, "steps start at 0xc7, but what stands before ends at 0xc8"),
	DAMAGE(header.step_count, 16,
	       "strings start at 0x2e8, but what stands before ends at 0x2c8"),
	DAMAGE(header.step_count, 0xffffffff,
	       "steps end at 0x20000000a8, past the file's end at 0x348"),
	DAMAGE(header.strings, 0xffffffff,
	       "strings start at 0xffffffff, but what stands before ends at 0x2e8"),
	DAMAGE(header.strings_size, 0xffffffff,
	       "strings end at 0x1000002e7, past the file's end at 0x348"),
	DAMAGE(header.name, 0x2e7,
	       "the name is at 0x2e7, outside of the strings at 0x2e8 to 0x327"),
	DAMAGE(header.name, 0x2e8 + TITLE,
	       "the name is not 1 to 95 letters, digits and - . / _: a claim is made"),
	DAMAGE(header.name, 0x327, "the name is not 1 to 95 letters, digits and - . / _: "),
	DAMAGE(header.title, 0x328,
	       "the title is at 0x328, outside of the strings at 0x2e8 to 0x327"),
	DAMAGE(header.source, 0,
	       "the source's path is at 0, outside of the strings at 0x2e8 to 0x327"),
	DAMAGE(header.rules, 0x328, "a rule is at 0x328, outside of the strings at 0x2e8 to 0x327"),
	DAMAGE(header.rule_count, 3,
	       "a rule is at 0x328, outside of the strings at 0x2e8 to 0x327"),
	DAMAGE(header.rule_count, 0xffffffff,
	       "a rule is at 0x328, outside of the strings at 0x2e8 to 0x327"),
	DAMAGE(strings[63], 'x', "the strings do not end in a zero byte, at 0x328"),
	DAMAGE(strings[20], '\n', "the strings' byte 0xa at 0x2fc is not printable ASCII"),
	DAMAGE(strings[20], 0x7f, "the strings' byte 0x7f at 0x2fc is not printable ASCII"),

	DAMAGE(regions[1].gpa, 0x1000, "page DATA at 0x1000 overlaps page CODE at 0x1000"),
	DAMAGE(regions[0].gpa, 0x6000, "page DATA at 0x4000 overlaps page CODE at 0x6000"),
	DAMAGE(regions[1].gpa, 0x4001, "page DATA is at 0x4001, not a multiple of 4096"),
	DAMAGE(regions[1].size, 0, "page DATA is 0 bytes, not whole pages of 4096"),
	DAMAGE(regions[1].size, 0x1800, "page DATA is 6144 bytes, not whole pages of 4096"),
	DAMAGE(regions[1].size, ~0xfffull,
	       "page DATA at 0x4000 of 0xfffffffffffff000 bytes ends past 0x1000000000000"),
	DAMAGE(regions[1].gpa, 1ull << 48,
	       "page DATA at 0x1000000000000 of 0x3000 bytes ends past 0x1000000000000"),
	DAMAGE(regions[1].gpa, 0xffdfe000,
	       "page DATA at 0xffdfe000 of 0x3000 bytes reaches into 0xffe00000 to 0xffffffff, "
	       "where the engine keeps the guest paging structures"),
	DAMAGE(regions[1].level, 0, "page DATA has level 0, of 1 (PT) to 3 (PDPT)"),
	DAMAGE(regions[1].level, 4, "page DATA has level 4, of 1 (PT) to 3 (PDPT)"),
	DAMAGE(regions[1].level, 2, "page DATA is at 0x4000, not a multiple of 2097152"),
	DAMAGE(regions[1].level, 3, "page DATA is at 0x4000, not a multiple of 1073741824"),
	DAMAGE(regions[1].access, 8, "page DATA has access 0x8, of 0 to 7"),
	DAMAGE(regions[1].memory_type, 8, "page DATA has memory type 8, of 0 to 7"),
	DAMAGE(regions[1].entry_bits, 0x1000,
	       "page DATA has entry bits 0x1000, which reach into bits 5:0 (access and type) "
	       "or 31:12 (the address)"),
	DAMAGE(regions[1].name, 0,
	       "a page's name is at 0, outside of the strings at 0x2e8 to 0x327"),
	DAMAGE(regions[0].contents, 0x428,
	       "bytes of page 1 end at 0x338, before their start at 0x428"),
	DAMAGE(regions[0].contents_end, 0x337,
	       "the bytes of a page start at 0x338, but what stands before ends at 0x337"),
	DAMAGE(regions[1].contents_end, 0xffffffff,
	       "the bytes of a page end at 0xffffffff, past the file's end at 0x348"),
	DAMAGE(regions[1].contents_end, 0x340,
	       "the last page's bytes end at 0x340, but the file at 0x348"),

	DAMAGE(steps[0].kind, 77, "step 1 (line 10) has kind 77, not in steps.def"),
	DAMAGE(steps[3].kind, 0, "step 4 (line 13) has kind 0, not in steps.def"),
	DAMAGE(steps[0].what, 0x4402,
	       "step 1 (line 10) writes VMCS field 0x4402, VM-exit information"),
	DAMAGE(steps[0].what, 0x6805,
	       "step 1 (line 10) names VMCS field 0x6805, not in vmx/vmcs.def"),
	DAMAGE(steps[8].what, 0xffff,
	       "step 9 (line 18) names VMCS field 0xffff, not in vmx/vmcs.def"),
	DAMAGE(steps[1].what, OBSERVABLE_gpa,
	       "step 2 (line 11) sets gpa, which only the processor does"),
	DAMAGE(steps[1].what, 999, "step 2 (line 11) names observable 999, not in observables.def"),
	DAMAGE(steps[4].what, 0xffff,
	       "step 5 (line 14) names observable 65535, not in observables.def"),
	DAMAGE(steps[3].what, 35, "step 4 (line 13) expects exit 35, not in vmx/exits.def"),
	{ AT(steps[3].kind), 4, STEP_OTHER_EXIT | 35 << 16,
	  "step 4 (line 13) expects exit 35, not in vmx/exits.def" },
	DAMAGE(steps[2].value, 0, "step 3 (line 12) repeats 0 times"),
	DAMAGE(steps[3].kind, STEP_MAY_RUN,
	       "step 4 (line 13) lets the guest run for 0 ms, of 1 to 20000"),
	DAMAGE(steps[2].kind, STEP_MAY_RUN,
	       "step 3 (line 12) lets the guest run for 1000000 ms, of 1 to 20000"),
	DAMAGE(steps[5].kind, STEP_SEND_INTERRUPT,
	       "step 6 (line 15) sends an interrupt of vector 0, of 0x20 to 0xfd"),
	{ AT(steps[2].kind), 4, STEP_SEND_INTERRUPT | 0xfe << 16,
	  "step 3 (line 12) sends an interrupt of vector 0xfe, of 0x20 to 0xfd" },
	{ AT(steps[2].kind), 4, STEP_SEND_INTERRUPT | 0xfd << 16,
	  "step 3 (line 12) sends an interrupt after 1000000 ms, of 0 to 20000" },
	{ AT(steps[8].kind), 4, STEP_HOST | 18 << 16,
	  "step 9 (line 18) names host register 18, not in host_registers.def" },
	{ AT(steps[8].kind), 4, STEP_HOST | 17 << 16, "good" },
	DAMAGE(steps[9].kind, STEP_HOST_MSR, "good"),
	DAMAGE(steps[9].what, 3, "step 10 (line 19) looks at 3 bytes, of 1, 2, 4 or 8"),
	DAMAGE(steps[9].value, 0x6ff9,
	       "step 10 (line 19) looks at 8 bytes at 0x6ff9, which are in no page"),
	DAMAGE(steps[9].value, ~0ull,
	       "step 10 (line 19) looks at 8 bytes at 0xffffffffffffffff, which are in no page"),
	DAMAGE(steps[10].value, 0x5000, "step 11 (line 20) remaps 0x5000, where no page starts"),
	DAMAGE(steps[10].what, 8, "step 11 (line 20) has access 0x8, of 0 to 7"),
	DAMAGE(steps[10].what, 0x801, "step 11 (line 20) has memory type 8, of 0 to 7"),
	DAMAGE(steps[10].second, 1,
	       "step 11 (line 20) has entry bits 0x1, which reach into bits 5:0 (access and type) "
	       "or 31:12 (the address)"),
	DAMAGE(steps[0].kind, STEP_VMCS_PAGE, "step 1 (line 10) writes an address to VMCS field "
	       "0x6804, which is not of 64 bits"),
	DAMAGE(steps[8].kind, STEP_VMCS_PAGE,
	       "step 9 (line 18) writes VMCS field 0x4402, VM-exit information"),
	{ AT(steps[0].kind), 4, STEP_VMCS_PAGE | 0x2000 << 16,
	  "step 1 (line 10) writes the address of 0x2000, where no page starts" },
	DAMAGE(steps[9].kind, STEP_FLAGS, "step 10 (line 19) has flags 0xf, of 0 to 3"),
	DAMAGE(steps[5].kind, STEP_FLAGS,
	       "step 6 (line 15) looks at the flags of 0, which is in no page"),
	DAMAGE(steps[9].kind, STEP_CLEAR_FLAGS,
	       "step 10 (line 19) clears the flags of 0x6ff8, where no page starts"),
	DAMAGE(steps[6].kind, STEP_ENTRY_ALLOW,
	       "step 7 (line 16) names an entry of level 0, of 1 to 4"),
	DAMAGE(steps[13].kind, STEP_ENTRY_ALLOW,
	       "step 14 (line 23) names an entry of level 65287, of 1 to 4"),
	{ AT(steps[2].kind), 4, STEP_ENTRY_SET | 5 << 16,
	  "step 3 (line 12) names an entry of level 5, of 1 to 4" },
	{ AT(steps[10].kind), 4, STEP_ENTRY_ALLOW | EPT_PD << 16,
	  "step 11 (line 20) has access 0x8000000000000, of 0 to 7" },
	DAMAGE(steps[10].view, 2, "step 11 (line 20) names view 2, of 2"),
	DAMAGE(steps[9].view, 1, "step 10 (line 19) is HOLDS of view 1, and of none"),
	DAMAGE(steps[0].kind, STEP_VMCS_VIEW,
	       "step 1 (line 10) writes a view to VMCS field 0x6804, not EPT_POINTER"),
	DAMAGE(steps[3].kind, STEP_EPTP,
	       "step 4 (line 13) writes an EPTP to 0, which is in no page"),
	DAMAGE(steps[3].kind, STEP_HOST_PAGE,
	       "step 4 (line 13) writes an address to 0, which is in no page"),
	DAMAGE(steps[9].kind, STEP_HOST_PAGE,
	       "step 10 (line 19) writes the address of 0x7, where no page starts"),
	{ AT(steps[9].kind), 4, STEP_HOST_PAGE | 0x1000 << 16,
	  "step 10 (line 19) sets 0x1000 in an address, above bit 11" },
	DAMAGE(steps[0].kind, STEP_CONTROLS,
	       "step 1 (line 10) asks for controls of VMCS field 0x6804, which has none"),
	{ AT(steps[9].kind), 4, STEP_WRITE | 3 << 16,
	  "step 10 (line 19) writes 3 bytes, of 1, 2, 4 or 8" },
	{ AT(steps[13].kind), 4, STEP_WRITE | 1 << 16,
	  "step 14 (line 23) writes 1 bytes at 0, which are in no page" },
	DAMAGE(steps[3].kind, STEP_REVISION, "step 4 (line 13) writes a revision identifier to 0, "
	       "which is in no page"),
	DAMAGE(steps[10].kind, STEP_REVISION, "step 11 (line 20) inverts 0x8000000000000 in a "
	       "revision identifier, of 32 bits"),
	{ AT(steps[3].kind), 4, STEP_OR_EXIT | 35 << 16,
	  "step 4 (line 13) expects exit 35, not in vmx/exits.def" },
	DAMAGE(steps[9].kind, STEP_SPLIT, "step 10 (line 19) splits 0x6ff8, where no page starts"),
	DAMAGE(steps[10].kind, STEP_SPLIT, "step 11 (line 20) splits 0x4000, a page of 4 KiB"),
	DAMAGE(steps[11].what, 3, "step 12 (line 21) is INVEPT of type 3, of 0 to 2"),
	DAMAGE(steps[11].view, 1, "step 12 (line 21) is INVEPT of all contexts and of view 1"),
	DAMAGE(steps[3].kind, STEP_INVVPID, "step 4 (line 13) is INVVPID of type 10, of 0 to 3"),
	{ AT(steps[10].kind), 4, STEP_INVVPID | (SCRIPT_GIVEN_VPID | 3) << 16,
	  "step 11 (line 20) is INVVPID of VPID 0x8000000000000, of 0 to 0xffff" },
	DAMAGE(steps[4].text, 0x100,
	       "step 5 (line 14) has its text at 0x100, outside of the strings"),
};

static void each_damage_has_its_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(damages); i++) {
		struct file file = good_file();

		memcpy((u8 *)&file + damages[i].offset, &damages[i].value, damages[i].size);
		assert_string_equal(verdict(&file, sizeof(file)), damages[i].reason);
	}
}

static void contents_larger_than_their_page_are_refused(void **state)
{
	struct file file = good_file();
	u64 room = PAGE_SIZE + 1 - 16, size = sizeof(file) + room;
	u8 *large = calloc(1, size);

	(void)state;
	file.header.size = (u32)size;
	file.regions[1].size = PAGE_SIZE;
	file.regions[1].contents_end += (u32)room;
	file.steps[9].value = 0x4000;
	memcpy(large, &file, sizeof(file));
	memcpy(large + size - sizeof(file.trailer), &file.trailer, sizeof(file.trailer));
	assert_string_equal(verdict(large, size),
			    "page DATA is given 4097 bytes, more than its 4096");
	free(large);
}

static const char *verdict_on_large_page(u64 gpa, u64 size)
{
	struct file file = good_file();

	file.regions[1].level = EPT_PD;
	file.regions[1].gpa = gpa;
	file.regions[1].size = size;
	file.steps[9].value = gpa + size - 8;
	file.steps[10].value = gpa;
	return verdict(&file, sizeof(file));
}

static void large_pages_are_whole_and_aligned(void **state)
{
	(void)state;
	assert_string_equal(verdict_on_large_page(0x200000, 0x400000), "good");
	assert_string_equal(verdict_on_large_page(0x201000, 0x200000),
			    "page DATA is at 0x201000, not a multiple of 2097152");
	assert_string_equal(verdict_on_large_page(0x200000, 0x201000),
			    "page DATA is 2101248 bytes, not whole pages of 2097152");
	assert_string_equal(verdict_on_large_page(0x200000, 0),
			    "page DATA is 0 bytes, not whole pages of 2097152");
}

static const char *verdict_on_entry(u16 kind, u16 level, u64 address, u64 second)
{
	struct file file = good_file();

	file.steps[11] = step(kind, level, address, second);
	file.steps[11].line = 21;
	return verdict(&file, sizeof(file));
}

static void an_msr_has_a_number_of_32_bits(void **state)
{
	(void)state;
	assert_string_equal(verdict_on_entry(STEP_HOST_MSR, 0, BIT(32) - 1, 0), "good");
	assert_string_equal(verdict_on_entry(STEP_HOST_MSR, 0, BIT(32), 0),
			    "step 12 (line 21) names MSR 0x100000000, "
			    "whose number has more than 32 bits");
}

static void flags_are_of_an_entry(void **state)
{
	(void)state;
	assert_string_equal(verdict_on_entry(STEP_FLAGS, 3 | EPT_PML4 << 8, BIT(48) - 1, 3),
			    "good");
	assert_string_equal(verdict_on_entry(STEP_FLAGS, 5 << 8, 0, 0),
			    "step 12 (line 21) names an entry of level 5, of 1 to 4");
	assert_string_equal(verdict_on_entry(STEP_FLAGS, 4 | EPT_PD << 8, 0, 0),
			    "step 12 (line 21) has flags 0x4, of 0 to 3");
	assert_string_equal(verdict_on_entry(STEP_FLAGS, EPT_PD << 8, BIT(48), 0),
			    "step 12 (line 21) names an entry for 0x1000000000000, "
			    "which no table reaches");
}

static void entries_keep_their_address(void **state)
{
	(void)state;
	assert_string_equal(verdict_on_entry(STEP_ENTRY_SET, EPT_PT, 0, ~0xfffff000ull), "good");
	assert_string_equal(verdict_on_entry(STEP_ENTRY_SET, EPT_PT, 0, BIT(12)),
			    "step 12 (line 21) changes bits 0x1000 of an entry, "
			    "which reach into 31:12 (the address)");
	assert_string_equal(verdict_on_entry(STEP_ENTRY_CLEAR, EPT_PD, 0, BIT(31)),
			    "step 12 (line 21) changes bits 0x80000000 of an entry, "
			    "which reach into 31:12 (the address)");
	assert_string_equal(verdict_on_entry(STEP_ENTRY_ALLOW, EPT_PML4, 0, 8),
			    "step 12 (line 21) has access 0x8, of 0 to 7");
	assert_string_equal(verdict_on_entry(STEP_ENTRY_ALLOW, EPT_PML4, BIT(48), 7),
			    "step 12 (line 21) names an entry for 0x1000000000000, "
			    "which no table reaches");
}

/* --- The order of the steps ----------------------------------------------------------------- */

static struct script_step in_view_1(struct script_step step)
{
	step.view = 1;
	return step;
}

static struct script_step step_of(char letter)
{
	switch (letter) {
	case 'v': return step(STEP_VMCS_VALUE, 0x6804, 0, 0);
	case 'p': return step(STEP_VMCS_PAGE, 0x200e, 0x4000, 0);
	case 'f': return step(STEP_FLAGS, SCRIPT_ACCESSED, 0x6fff, SCRIPT_DIRTY);
	case 'l': return step(STEP_FLAGS, SCRIPT_DIRTY | EPT_PML4 << 8, 0, 0);
	case 'x': return step(STEP_CLEAR_FLAGS, 0, 0x4000, 0);
	case 'a': return step(STEP_ENTRY_ALLOW, EPT_PML4, 0, 7);
	case 'b': return step(STEP_ENTRY_SET, EPT_PT, BIT(48) - 1, ~BITS(31, 12));
	case 'd': return step(STEP_ENTRY_CLEAR, EPT_PD, 0xffe00000, BIT(7));
	case 'w': return in_view_1(step(STEP_VMCS_VIEW, EPT_POINTER, 0, 0));
	case 't': return in_view_1(step(STEP_EPTP, 0, 0x6ff8, 0));
	case 'j': return step(STEP_HOST_PAGE, 0xfff, 0x6ff8, 0x4000);
	case 'o': return in_view_1(step(STEP_INVEPT, 1, 0, 0));
	case 'q': return step(STEP_INVVPID, 3 | SCRIPT_GIVEN_VPID, 0, 0xffff);
	case 'n': return in_view_1(step(STEP_CHECK_VIEW, 0, 0, 0));
	case 'y': return step(STEP_MAY_RUN, 0, 20000, 0);
	case 'g': return step(STEP_CONTROLS, PRIMARY_CONTROLS, ~0ull, ~0ull);
	case 'z': return step(STEP_WRITE, 8, 0x6ff8, ~0ull);
	case '#': return step(STEP_REVISION, 0, 0x6ffc, 0xffffffff);
	case '|': return step(STEP_OR_EXIT, 10, 0, 0);
	case 'H': return step(STEP_HOST, 0, 0, 0);
	case 's': return step(STEP_SET, OBSERVABLE_rip, 0, 0);
	case 'e': return step(STEP_EXPECT, 10, 0, 0);
	case 'u': return step(STEP_OTHER_EXIT, 10, 0, 0);
	case 'c': return step(STEP_CHECK, OBSERVABLE_rax, 0, 0);
	case 'h': return step(STEP_HOLDS, 1, 0x1fff, 0);
	case 'm': return step(STEP_REMAP, 0, 0x1000, 0);
	case 'i': return step(STEP_INVEPT, 0, 0, 0);
	case 'r': return step(STEP_RESUME, 0, 0, 0);
	case 'k': return step(STEP_SKIP, 0, 0, 0);
	case 'X': return step(STEP_ROOT, ROOT_vmxon, 0x4fff, SCRIPT_BEYOND_WIDTH | BITS(63, 52));
	case 'O': return step(STEP_OUTCOME, 0, 0x11cul, 0);
	case 'R': return step(STEP_RESULT, 0, 5, 5);
	case 'P': return step(STEP_STORED, 0, ~0ull, 0);
	case '(': return step(STEP_REPEAT, 0, ~0ull, 0);
	case ')': return step(STEP_END_REPEAT, 0, 0, 0);
	default:  return step(STEP_FINISH, 0, 0, 0);
	}
}

/* The same file with so many of its steps; what stands behind the steps moves up. */
static const char *verdict_on_first(struct file file, u32 count)
{
	u32 removed = (STEPS - count) * (u32)sizeof(struct script_step);

	file.header.step_count = count;
	file.header.size -= removed;
	file.header.strings -= removed;
	file.header.name -= removed;
	file.header.title -= removed;
	file.header.source -= removed;
	file.header.rules -= removed;
	for (u32 i = 0; i < REGIONS; i++) {
		file.regions[i].name -= removed;
		file.regions[i].contents -= removed;
		file.regions[i].contents_end -= removed;
	}
	memmove(&file.steps[count], file.strings, sizeof(file) - AT(strings));
	return verdict(&file, file.header.size);
}

static struct file file_without_guest(void)
{
	struct file file = good_file();

	file.header.mode = SCRIPT_NO_GUEST;
	file.header.entry = 0;
	return file;
}

/* Judges a file with other steps, a letter each. */
static const char *verdict_on_letters(struct file file, const char *letters)
{
	u32 count = (u32)strlen(letters);

	for (u32 i = 0; i < count; i++) {
		file.steps[i] = step_of(letters[i]);
		file.steps[i].line = i + 1;
	}
	return verdict_on_first(file, count);
}

static const char *verdict_on_steps(const char *letters)
{
	return verdict_on_letters(good_file(), letters);
}

static const struct { const char *steps, *reason; } orders[] = {
	{ "e.", "good" },
	{ "vsecchmivsrek.", "step 14 (line 14) is FINISH while the guest runs" },
	{ "vpsecchfxmipvsre.", "good" },
	{ "abdeabdlrere.", "good" },
	{ "wtjenwtjre.", "good" },
	{ "eoq.", "good" },
	{ "vurec.", "good" },
	{ "(ucr)u.", "good" },
	{ "eu", "step 2 (line 2) is OTHER_EXIT before the exit is answered" },
	{ "u.u", "step 3 (line 3) is OTHER_EXIT after FINISH" },
	{ "ye.", "good" },
	{ "gz#egz#.", "good" },
	{ "ec|nc||c.", "good" },
	{ "eHc|H|cH.", "good" },
	{ "u|re.", "good" },
	{ "|", "step 1 (line 1) is OR_EXIT before any exit is expected" },
	{ "er|", "step 3 (line 3) is OR_EXIT while the guest runs" },
	{ "es|", "step 3 (line 3) is OR_EXIT away from EXPECT" },
	{ "ech|", "step 4 (line 4) is OR_EXIT away from EXPECT" },
	{ "ehc|", "step 4 (line 4) is OR_EXIT away from EXPECT" },
	{ "erg", "step 3 (line 3) is CONTROLS while the guest runs" },
	{ "erz", "step 3 (line 3) is WRITE while the guest runs" },
	{ "er#", "step 3 (line 3) is REVISION while the guest runs" },
	{ "ey", "step 2 (line 2) is MAY_RUN before the exit is answered" },
	{ "q", "step 1 (line 1) is INVVPID before any exit is expected" },
	{ "n", "step 1 (line 1) is CHECK_VIEW before any exit is expected" },
	{ "erw", "step 3 (line 3) is VMCS_VIEW while the guest runs" },
	{ "ert", "step 3 (line 3) is EPTP while the guest runs" },
	{ "erj", "step 3 (line 3) is HOST_PAGE while the guest runs" },
	{ "era", "step 3 (line 3) is ENTRY_ALLOW while the guest runs" },
	{ "erb", "step 3 (line 3) is ENTRY_SET while the guest runs" },
	{ "erd", "step 3 (line 3) is ENTRY_CLEAR while the guest runs" },
	{ "e.a", "step 3 (line 3) is ENTRY_ALLOW after FINISH" },
	{ "(er)e.", "good" },
	{ "er(ek)(erer)e.", "good" },
	{ "", "the steps end without FINISH" },
	{ "v", "the steps end without FINISH" },
	{ "er", "the steps end without FINISH" },
	{ ".", "step 1 (line 1) is FINISH before any exit is expected" },
	{ "r", "step 1 (line 1) is RESUME before any exit is expected" },
	{ "c", "step 1 (line 1) is CHECK before any exit is expected" },
	{ "m", "step 1 (line 1) is REMAP before any exit is expected" },
	{ "ee", "step 2 (line 2) is EXPECT before the exit is answered" },
	{ "e(", "step 2 (line 2) is REPEAT before the exit is answered" },
	{ "e..", "step 3 (line 3) is FINISH after FINISH" },
	{ "e.e", "step 3 (line 3) is EXPECT after FINISH" },
	{ "ers", "step 3 (line 3) is SET while the guest runs" },
	{ "erv", "step 3 (line 3) is VMCS_VALUE while the guest runs" },
	{ "erp", "step 3 (line 3) is VMCS_PAGE while the guest runs" },
	{ "erf", "step 3 (line 3) is FLAGS while the guest runs" },
	{ "x", "step 1 (line 1) is CLEAR_FLAGS before any exit is expected" },
	{ "erh", "step 3 (line 3) is HOLDS while the guest runs" },
	{ "eri", "step 3 (line 3) is INVEPT while the guest runs" },
	{ "erk", "step 3 (line 3) is SKIP while the guest runs" },
	{ "(s", "step 2 (line 2) is SET while the guest runs" },
	{ "()", "step 2 (line 2) is END_REPEAT with nothing to repeat" },
	{ "er)", "step 3 (line 3) is END_REPEAT with nothing to repeat" },
	{ "er()", "step 4 (line 4) is END_REPEAT with nothing to repeat" },
	{ "(er(er))", "step 4 (line 4) is REPEAT inside REPEAT" },
	{ "(e)", "step 3 (line 3) is END_REPEAT before the exit is answered" },
	{ "(e.", "step 3 (line 3) is FINISH inside REPEAT" },
	{ "(er", "the steps end without FINISH" },
};

static void steps_follow_an_order(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(orders); i++)
		assert_string_equal(verdict_on_steps(orders[i].steps), orders[i].reason);
}

/* --- Scenarios without a guest -------------------------------------------------------------- */

static const struct { const char *steps, *reason; } orders_without_guest[] = {
	{ "XOXO.", "good" },
	{ "XORP.", "good" },
	{ "X", "the steps end without FINISH" },
	{ "X.X", "step 3 (line 3) is ROOT after FINISH" },
	{ "Xe", "step 2 (line 2) is EXPECT where there is no guest" },
	{ "vX", "step 1 (line 1) is VMCS_VALUE where there is no guest" },
	{ "Xh", "step 2 (line 2) is HOLDS where there is no guest" },
	{ "(X)", "step 1 (line 1) is REPEAT where there is no guest" },
};

static const struct { struct script_step step; const char *reason; } without_guest[] = {
	{ { STEP_ROOT, ROOT_vmxon, 1, 0x4000, 0, 0, 0 }, "good" },
	{ { STEP_ROOT, ROOT_vmxon, 1, 0x7000, 0, 0, 0 },
	  "step 1 (line 1) has the operand 0x7000, which is in no page" },
	{ { STEP_ROOT, ROOT_vmptrld, 1, 0x4000, BIT(51), 0, 0 },
	  "step 1 (line 1) sets 0x8000000000000 in an address, besides bits 63:52" },
	{ { STEP_ROOT, ROOT_vmxoff, 1, 5, 0, 0, 0 },
	  "step 1 (line 1) has 0x5 where its instruction takes nothing" },
	{ { STEP_ROOT, ROOT_vmread, 1, 0x6804, 5, 0, 0 },
	  "step 1 (line 1) has 0x5 where its instruction takes nothing" },
	{ { STEP_ROOT, ROOT_vmwrite, 1, ~0ull, ~0ull, 0, 0 }, "good" },
	{ { STEP_ROOT, ROOT_invept | 0xff00, 1, ~0ull, ~0ull, 0, 0 }, "good" },
	{ { STEP_ROOT, ROOT_vmxon | 0x100, 1, 0x4000, 0, 0, 0 },
	  "step 1 (line 1) has type 1, which only INVEPT and INVVPID have" },
	{ { STEP_ROOT, ROOT_cr0, 1, CR0_NE, CR0_PG, 0, 0 },
	  "step 1 (line 1) changes 0x80000000 of a control register, on which the host depends" },
	{ { STEP_ROOT, ROOT_cr4, 1, CR4_VMXE, 0, 0, 0 }, "good" },
	{ { STEP_ROOT, ROOT_cr4, 1, CR4_PAE, 0, 0, 0 },
	  "step 1 (line 1) changes 0x20 of a control register, on which the host depends" },
	{ { STEP_ROOT, ROOT_rdmsr, 1, BIT(32), 0, 0, 0 },
	  "step 1 (line 1) reads MSR 0x100000000, above 0xffffffff" },
	{ { STEP_ROOT, ROOT_revision, 1, 0x4ffd, 0, 0, 0 }, "good" },
	{ { STEP_ROOT, ROOT_revision, 1, 0x6ffd, 0, 0, 0 },
	  "step 1 (line 1) writes a revision identifier to 0x6ffd, which is in no page" },
	{ { STEP_ROOT, ROOT_revision, 1, 0x4000, BIT(32), 0, 0 },
	  "step 1 (line 1) inverts 0x100000000 in a revision identifier, of 32 bits" },
	{ { STEP_ROOT, 18, 1, 0, 0, 0, 0 },
	  "step 1 (line 1) names instruction 18, not in root_instructions.def" },
	{ { STEP_ROOT, 0, 1, 0, 0, 0, 0 },
	  "step 1 (line 1) names instruction 0, not in root_instructions.def" },
	{ { STEP_OUTCOME, 0, 1, 2, 0, 0, 0 },
	  "step 1 (line 1) expects the outcome 0x2, which is none" },
	{ { STEP_OUTCOME, 0, 1, 0x220, 0, 0, 0 },
	  "step 1 (line 1) expects the outcome 0x220, which is none" },
	{ { STEP_STORED, 0, 1, 0x4008, 0, 0, 0 },
	  "step 1 (line 1) expects the address of 0x4008, where no page starts" },
};

static void without_a_guest_there_are_instructions_of_the_host(void **state)
{
	struct file file = file_without_guest();

	(void)state;
	for (size_t i = 0; i < COUNT(orders_without_guest); i++)
		assert_string_equal(verdict_on_letters(file, orders_without_guest[i].steps),
				    orders_without_guest[i].reason);
	for (size_t i = 0; i < COUNT(without_guest); i++) {
		file.steps[0] = without_guest[i].step;
		file.steps[1] = step_of('.');
		assert_string_equal(verdict_on_first(file, 2), without_guest[i].reason);
	}
	assert_string_equal(verdict_on_steps("X"),
			    "step 1 (line 1) is ROOT before any exit is expected");
	file.header.entry = 0x1000;
	assert_string_equal(verdict_on_letters(file, "X."), "no guest starts at 0x1000");
}

/* --- Whatever it is, it does no harm -------------------------------------------------------- */

static void every_word_may_hold_anything(void **state)
{
	static const u64 extremes[] = {
		0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000,
		0xffffffff, 0x7fffffffffffffff, 0x8000000000000000, 0xfffffffffffff000, ~0ull,
	};
	const struct file good = good_file();

	(void)state;
	for (u32 size = 1; size <= 8; size *= 2)
		for (u32 at = 0; at + size <= sizeof(good); at++)
			for (size_t i = 0; i < COUNT(extremes); i++) {
				struct file file = good;

				memcpy((u8 *)&file + at, &extremes[i], size);
				verdict(&file, sizeof(file));
			}
}

/* xorshift, so that a failure can be repeated. */
static u64 next_random(void)
{
	static u64 seed = 0x2545f4914f6cdd1d;

	seed ^= seed << 13;
	seed ^= seed >> 7;
	return seed ^= seed << 17;
}

static void random_changes_do_no_harm(void **state)
{
	struct file good = good_file();

	(void)state;
	for (unsigned turn = 0; turn < 100000; turn++) {
		struct file file = good;

		for (u64 changes = next_random() % 4; changes > 0; changes--)
			((u8 *)&file)[next_random() % sizeof(file)] = (u8)next_random();
		verdict(&file, sizeof(file));
	}
}

static void random_bytes_are_no_scenario(void **state)
{
	u8 bytes[512];

	(void)state;
	for (unsigned turn = 0; turn < 10000; turn++) {
		for (size_t i = 0; i < sizeof(bytes); i++)
			bytes[i] = (u8)next_random();
		if (turn % 2)
			memcpy(bytes, "SCENARIO", 8);
		assert_int_equal(script_exercise_module(bytes, sizeof(bytes)), 0);
	}
}

/* --- Modules of several files --------------------------------------------------------------- */

struct found {
	const char *name, *verdict;
};

static void assert_module(const u8 *bytes, u64 size, const struct found *expected, size_t count)
{
	char name[SCRIPT_NAME_SIZE];
	struct module_file found;
	u64 offset = 0;

	for (size_t i = 0; i < count; i++) {
		assert_true(module_next(bytes, size, 2, &offset, &found));
		script_name(&found, name);
		assert_string_equal(name, expected[i].name);
		assert_string_equal(verdict(found.start, found.available), expected[i].verdict);
	}
	assert_false(module_next(bytes, size, 2, &offset, &found));
	assert_false(module_next(bytes, size, 2, &offset, &found));
}

static void an_empty_module_is_one_find(void **state)
{
	static const struct found expected[] = {
		{ "module 2 at 0", "the module is empty" },
	};
	u8 nothing = 0;

	(void)state;
	assert_module(&nothing, 0, expected, COUNT(expected));
}

static void files_end_to_end_are_all_found(void **state)
{
	static const struct found expected[] = {
		{ "group/good_file", "good" }, { "group/good_file", "good" },
	};
	struct file files[2] = { good_file(), good_file() };

	(void)state;
	assert_module((const u8 *)files, sizeof(files), expected, COUNT(expected));
}

/* Judges three files in a row.  Of the middle one only `size` bytes are there, and byte `at` is
 * changed. */
static void assert_middle(u64 size, u64 at, u8 value, const struct found *expected, size_t count)
{
	struct file files[3] = { good_file(), good_file() };
	u8 *middle = (u8 *)&files[1];

	middle[at] = value;
	memcpy(middle + size, &files[0], sizeof(files[0]));
	assert_module((const u8 *)files, sizeof(files[0]) + size + sizeof(files[0]), expected,
		      count);
}

static void a_damaged_file_loses_only_itself(void **state)
{
	const struct found cut[] = {
		{ "group/good_file", "good" },
		{ "group/good_file", "cut off: the header says 848 bytes, 777 are here" },
		{ "group/good_file", "good" },
	};
	const struct found without_name[] = {
		{ "group/good_file", "good" },
		{ "module 2 at 0x350", "cut off: the header says 848 bytes, 141 are here" },
		{ "group/good_file", "good" },
	};
	const struct found without_magic[] = {
		{ "group/good_file", "good" },
		{ "module 2 at 0x350", "no scenario here: 848 bytes without the word SCENARIO" },
		{ "group/good_file", "good" },
	};
	const struct found of_another_version[] = {
		{ "group/good_file", "good" },
		{ "group/good_file", "version 7, this kernel takes version 5" },
		{ "group/good_file", "good" },
	};

	(void)state;
	assert_middle(777, 776, 0, cut, COUNT(cut));
	assert_middle(141, 140, 0, without_name, COUNT(without_name));
	assert_middle(sizeof(struct file), 0, 0, without_magic, COUNT(without_magic));
	assert_middle(sizeof(struct file), 8, 7, of_another_version, COUNT(of_another_version));
}

static void what_follows_a_scenario_is_told_apart(void **state)
{
	static const struct found expected[] = {
		{ "group/good_file", "good" },
		{ "module 2 at 0x350", "no scenario here: 3 bytes without the word SCENARIO" },
	};
	struct { struct file file; char rest[3]; } __attribute__((packed)) module = {
		good_file(), { 'a', 'b', 'c' } };

	(void)state;
	assert_module((const u8 *)&module, sizeof(module), expected, COUNT(expected));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_file_is_accepted),
		cmocka_unit_test(a_file_cut_anywhere_is_refused),
		cmocka_unit_test(each_damage_has_its_reason),
		cmocka_unit_test(contents_larger_than_their_page_are_refused),
		cmocka_unit_test(large_pages_are_whole_and_aligned),
		cmocka_unit_test(flags_are_of_an_entry),
		cmocka_unit_test(an_msr_has_a_number_of_32_bits),
		cmocka_unit_test(entries_keep_their_address),
		cmocka_unit_test(steps_follow_an_order),
		cmocka_unit_test(without_a_guest_there_are_instructions_of_the_host),
		cmocka_unit_test(every_word_may_hold_anything),
		cmocka_unit_test(random_changes_do_no_harm),
		cmocka_unit_test(random_bytes_are_no_scenario),
		cmocka_unit_test(an_empty_module_is_one_find),
		cmocka_unit_test(files_end_to_end_are_all_found),
		cmocka_unit_test(a_damaged_file_loses_only_itself),
		cmocka_unit_test(what_follows_a_scenario_is_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

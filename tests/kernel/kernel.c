/* kernel.c -- tests of the kernel itself: paging, descriptor tables, traps, memory, panics */
#include "kernel/cpu.h"
#include "kernel/descriptors.h"
#include "kernel/guarded.h"
#include "kernel/image.h"
#include "kernel/interrupts.h"
#include "kernel/memory.h"
#include "kernel/paging_entry.h"
#include "kernel/stacks.h"
#include "kernel/traps.h"
#include "kernel/visible_registers.h"
#include "tests/kernel/mappings.h"
#include "tests/report/test.h"

#define FAULTED_BY(name) (OUTCOME_FAULTED + VECTOR_##name)

/* tests/kernel/stubs.asm */
extern const u8 interrupt_2[], interrupt_3[], interrupt_32[], interrupt_127[], interrupt_128[];
extern const u8 interrupt_255[], load_selector_beyond_the_gdt[];
extern const u8 user_nothing[], user_halt[], user_read[], user_push_and_pop_es[];

/* --- Paging --- */

TEST("kernel/code_is_not_writable", "a write to the kernel's own code is #PF",
     "Determination of Access Rights")
{
	expect_page_fault(try_write((void *)kernel_image.text, 0), kernel_image.text,
			  PF_PRESENT | PF_WRITE);
}

TEST("kernel/constants_are_not_writable", "a write to the kernel's constants is #PF",
     "Determination of Access Rights")
{
	static const u8 constant = 1;

	expect_page_fault(try_write((void *)&constant, 0), &constant,
			  PF_PRESENT | PF_WRITE);
}

TEST("kernel/data_is_not_executable", "a call into data, the stack or a fresh page is #PF",
     "Determination of Access Rights")
{
	static u8 data[] = { 0xc3 };            /* RET */
	u8 local[] = { 0xc3 };
	u8 *page = page_alloc();

	page[0] = 0xc3;
	expect_page_fault(try_call(data), data, PF_PRESENT | PF_FETCH);
	expect_page_fault(try_call(local), local, PF_PRESENT | PF_FETCH);
	expect_page_fault(try_call(page), page, PF_PRESENT | PF_FETCH);
}

TEST("kernel/page_below_the_stack_is_not_mapped", "the page below the stack is not mapped", "")
{
	u8 byte, *first = stack_guard, *last = stack_guard + PAGE_SIZE - 1;

	expect_page_fault(try_read(first, &byte), first, 0);
	expect_page_fault(try_read(last, &byte), last, 0);
	EXPECT_EQUAL(try_read(stack_start, &byte), 0);
}

TEST("kernel/page_0_is_not_mapped", "a null pointer traps", "")
{
	u8 byte, *last = (u8 *)(PAGE_SIZE - 1);

	expect_page_fault(try_read(NULL, &byte), NULL, 0);
	expect_page_fault(try_write(last, 1), last, PF_WRITE);
}

TEST("kernel/no_page_is_writable_and_executable",
     "pages are mapped where they are, none is writable and executable, CPL 3 has .user alone",
     "Determination of Access Rights")
{
	expect_sound_mappings();
}

TEST("kernel/local_apic_is_not_cached", "the page of the local APIC has PCD and PWT set",
     "Memory Typing")
{
	enum { NOT_CACHED = PAGING_LARGE | PAGING_CACHE_DISABLE | PAGING_WRITE_THROUGH };
	const u64 address = msr_read(IA32_APIC_BASE) & BITS(51, 12);
	const u64 *table = at_hpa(hpa(cr3_read() & PAGING_ADDRESS));

	if (!interrupts_start()) {
		skip("needs a local APIC");
		return;
	}
	for (unsigned level = 4; level > 2; level--)
		table = at_hpa(hpa(table[address >> (3 + 9 * level) & 511] & PAGING_ADDRESS));
	u64 entry = table[address >> 21 & 511];
	EXPECT_EQUAL(entry & NOT_CACHED, NOT_CACHED);
}

/* --- Descriptor tables: read back by SIDT, SGDT and STR --- */

static const u8 *gate(unsigned vector)
{
	return (const u8 *)idtr_get().base + 16ull * vector;
}

static const u8 *task_state_descriptor(void)
{
	return (const u8 *)gdtr_get().base + tr_get();
}

TEST("kernel/every_vector_has_a_gate",
     "each of the 256 vectors has an interrupt gate of privilege 0 into the kernel's code",
     "64-Bit Mode IDT")
{
	for (unsigned vector = 0; vector < 256; vector++) {
		const u8 *bytes = gate(vector);
		u64 offset = bytes[0] | bytes[1] << 8 | bytes[6] << 16 | (u64)bytes[7] << 24;
		if (bytes[5] != 0x8e || bytes[2] != KERNEL_CODE || bytes[3] != 0 ||
		    offset < (u64)kernel_image.text || offset >= (u64)kernel_image.user)
			FAIL("vector %u: type %#x, offset %#lx", vector, bytes[5], offset);
	}
}

/* The stack that the vector's gate takes from the IST; 0 if it takes none. */
static u64 interrupt_stack(unsigned vector)
{
	const u8 *bytes = task_state_descriptor();
	u64 task_state = bytes[2] | bytes[3] << 8 | bytes[4] << 16 | (u64)bytes[7] << 24;
	unsigned number = gate(vector)[4] & 7;

	return number ? *(const u64 *)(task_state + 0x24 + 8ull * (number - 1)) : 0;
}

TEST("kernel/three_vectors_have_stacks_of_their_own",
     "#DF, NMI and #MC take a stack from the IST, each its own, and no other vector does",
     "Interrupt Stack Table")
{
	static const u8 vectors[] = { VECTOR_DF, VECTOR_NMI, VECTOR_MC };
	u64 others = 0, least = (u64)stack_end + PAGE_SIZE;

	for (unsigned i = 0; i < COUNT(vectors); i++) {
		u64 stack = interrupt_stack(vectors[i]);

		EXPECT(stack >= least && stack <= (u64)stacks_end);
		least = stack + PAGE_SIZE;
		others -= stack;
	}
	for (unsigned vector = 0; vector < 256; vector++)
		others += interrupt_stack(vector);
	EXPECT_EQUAL(others, 0);
}

TEST("kernel/task_state_segment_is_busy", "TR holds a busy 64-bit TSS of the size the SDM gives it",
     "TSS Descriptor in 64-bit mode")
{
	const u8 *bytes = task_state_descriptor();

	EXPECT_EQUAL(bytes[5], 0x8b);
	EXPECT_EQUAL(bytes[0] | bytes[1] << 8, 0x67);
}

/* --- Traps --- */

TEST("kernel/traps_tell_their_vector", "INT n arrives as vector n, for n in both halves of the IDT",
     "Exception and Interrupt Vectors")
{
	EXPECT_EQUAL(try_call(interrupt_2), OUTCOME_FAULTED + 2);
	EXPECT_EQUAL(try_call(interrupt_3), OUTCOME_FAULTED + 3);
	EXPECT_EQUAL(try_call(interrupt_32), OUTCOME_FAULTED + 32);
	EXPECT_EQUAL(try_call(interrupt_127), OUTCOME_FAULTED + 127);
	EXPECT_EQUAL(try_call(interrupt_128), OUTCOME_FAULTED + 128);
	EXPECT_EQUAL(try_call(interrupt_255), OUTCOME_FAULTED + 255);
}

TEST("kernel/traps_tell_their_error_code",
     "the error code of #GP arrives, and is 0 for a vector that has none", "Error Code")
{
	EXPECT_EQUAL(try_call(load_selector_beyond_the_gdt), FAULTED_BY(GP));
	EXPECT_EQUAL(trap_last_error, 0xfff8);
	EXPECT_EQUAL(try_call(interrupt_3), FAULTED_BY(BP));
	EXPECT_EQUAL(trap_last_error, 0);
}

TEST("kernel/guarded_instructions_do_their_work",
     "an instruction with a fix-up returns 0 and works, or returns the fault and does nothing", "")
{
	u64 efer = 0;
	u8 byte = 0, here = 0x5a;

	EXPECT_EQUAL(try_rdmsr(IA32_EFER, &efer), 0);
	EXPECT_EQUAL(efer, msr_read(IA32_EFER));
	EXPECT_EQUAL(try_wrmsr(IA32_EFER, efer | 1ull << 63), FAULTED_BY(GP));
	EXPECT_EQUAL(try_wrmsr(IA32_EFER, efer), 0);
	EXPECT_EQUAL(msr_read(IA32_EFER), efer);
	EXPECT_EQUAL(try_write_cr4(cr4_read() | 1ull << 63), FAULTED_BY(GP));
	EXPECT_EQUAL(try_write_cr4(cr4_read()), 0);
	EXPECT_EQUAL(try_write_cr0(cr0_read() & ~1ull), FAULTED_BY(GP));
	EXPECT_EQUAL(try_write_cr0(cr0_read()), 0);
	EXPECT_EQUAL(try_read(&here, &byte), 0);
	EXPECT_EQUAL(byte, 0x5a);
	EXPECT_EQUAL(try_write(&here, 0xa5), 0);
	EXPECT_EQUAL(here, 0xa5);
	EXPECT_EQUAL(try_read((const void *)(1ull << 63), &byte), FAULTED_BY(GP));
	EXPECT_EQUAL(byte, 0x5a);
}

TEST("kernel/code_runs_at_user_privilege",
     "code run at CPL 3 reaches its end, may not HLT, and may not read the kernel",
     "Determination of Access Rights")
{
	EXPECT_EQUAL(run_at_user_privilege(user_nothing, 0), 0);
	EXPECT_EQUAL(run_at_user_privilege(user_halt, 0), FAULTED_BY(GP));
	EXPECT_EQUAL(run_at_user_privilege(user_read, (u64)kernel_image.user), 0);
	expect_page_fault(run_at_user_privilege(user_read, (u64)kernel_image.text),
			  kernel_image.text, PF_PRESENT | PF_USER);
}

TEST("kernel/code_runs_in_compatibility_mode",
     "PUSH ES is an instruction in compatibility mode, and #UD in 64-bit mode",
     "Compatibility Mode and 64-Bit Mode")
{
	EXPECT_EQUAL(run_in_compatibility_mode(user_nothing, 0), 0);
	EXPECT_EQUAL(run_in_compatibility_mode(user_read, (u64)kernel_image.text), 0);
	EXPECT_EQUAL(run_in_compatibility_mode(user_push_and_pop_es, 0), 0);
	EXPECT_EQUAL(run_at_user_privilege(user_push_and_pop_es, 0), FAULTED_BY(UD));
	EXPECT_EQUAL(try_call(user_push_and_pop_es), FAULTED_BY(UD));
}

/* --- Memory --- */

#define WORDS   (PAGE_SIZE / sizeof(u64))
#define SEVERAL 4ull

TEST("kernel/memory_is_given_back_to_a_mark",
     "a page taken after a mark comes again after it, zeroed", "")
{
	memory_mark_t mark = memory_mark();
	u64 *page = page_alloc();

	page[0] = page[511] = ~0ull;
	memory_release(mark);
	EXPECT_EQUAL(page_alloc_dirty(), page);
	EXPECT_EQUAL(page[511], ~0ull);
	memory_release(mark);
	EXPECT_EQUAL(page_alloc(), page);
	EXPECT_EQUAL(page[0] | page[511], 0);
	memory_release(mark);
}

static bool is_zero(const u64 *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (words[i] != 0)
			return false;
	return true;
}

TEST("kernel/pages_come_in_one_piece",
     "several pages are one piece of zeros, or nothing is taken", "")
{
	memory_mark_t mark = memory_mark();
	u64 *first = page_alloc_dirty();
	u64 *pages;

	memory_release(mark);
	pages = pages_alloc(SEVERAL);           /* not at the first page, if there is too little */
	EXPECT_EQUAL(page_alloc_dirty(), pages + SEVERAL * WORDS);
	pages[0] = pages[SEVERAL * WORDS - 1] = ~0ull;
	memory_release(mark);
	EXPECT_EQUAL(pages_alloc(SEVERAL), pages);
	EXPECT(is_zero(pages, SEVERAL * WORDS));
	memory_release(mark);
	EXPECT_EQUAL(pages_alloc(memory_size() / PAGE_SIZE + 1), NULL);
	EXPECT_EQUAL(page_alloc_dirty(), first);
	memory_release(mark);
}

TEST("kernel/pages_are_aligned_as_asked",
     "a piece of memory begins at a multiple of the alignment asked for", "")
{
	memory_mark_t mark = memory_mark();
	const u64 alignment = 64 * PAGE_SIZE;

	page_alloc_dirty();
	u64 *pages = pages_alloc_aligned(SEVERAL, alignment);
	EXPECT_EQUAL(hpa_of(pages).raw % alignment, 0);
	EXPECT_EQUAL(page_alloc_dirty(), pages + SEVERAL * WORDS);
	memory_release(mark);
}

TEST("kernel/stack_protector_has_a_value",
     "the stack protector's value is not 0, but its lowest byte is", "")
{
	extern u64 __stack_chk_guard;

	EXPECT(__stack_chk_guard != 0);
	EXPECT_EQUAL(__stack_chk_guard & 0xff, 0);
}

/* --- Ends: each of these ends the run on purpose, to show how that is reported --- */

static __attribute__((noinline)) void third_function(void)
{
	asm volatile ("ud2");
}

static __attribute__((noinline)) void second_function(void)
{
	third_function();
	asm volatile ("");                      /* no tail call */
}

static __attribute__((noinline)) void first_function(void)
{
	second_function();
	asm volatile ("");
}

TEST_ON_REQUEST("fault/bail_out",
		"an unexpected #UD ends the run with registers and a backtrace", "")
{
	first_function();
}

static __attribute__((noinline)) u64 deeper(u64 depth)
{
	volatile u64 room[64] = { 0 };

	room[depth % 64] = depth;
	if (room[depth % 64] == ~0ull)
		return depth;
	return deeper(depth + 1) + room[0];
}

TEST_ON_REQUEST("fault/stack_overflow", "a stack overflow ends the run, and is called one", "")
{
	deeper(0);
}

static __attribute__((noinline)) void overrun(volatile u8 *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		bytes[i] = 0xcc;
}

TEST_ON_REQUEST("fault/stack_smash", "a write past the end of a stack frame ends the run", "")
{
	u8 room[16];

	overrun(room, sizeof(room) + 16);
}

TEST_ON_REQUEST("fault/triple_fault", "a triple fault ends the run without a word", "")
{
	struct table_register none = { 0, 0 };

	asm volatile ("lidt %0; ud2" : : "m" (none));
}

TEST_ON_REQUEST("fault/hang",
		"an endless loop in the kernel ends the run by the runner's patience", "")
{
	for (;;)
		asm volatile ("pause");
}

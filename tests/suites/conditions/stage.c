/* stage.c -- a guest with tables of its own, changed by lists of changes */
#include "tests/suites/conditions/stage.h"
#include "kernel/bytes.h"
#include "kernel/cpuid.h"
#include "kernel/exceptions.h"
#include "kernel/flags.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"
#include "vmx/guest_paging.h"

enum { MEMORY_PAGES = 4 };                      /* from STAGE_GDT on */

#define CODE_64     0x00af9b000000ffff          /* descriptors */
#define FLAT_DATA   0x00cf93000000ffff
#define NOT_PRESENT 0x00cf13000000ffff
#define NEW_TSS     0x0000890000000067

#define TSS_RSP0           4                    /* offsets */
#define TSS_BITMAP_ADDRESS 0x66

#define COMPATIBILITY_CODE 0xc09b               /* access rights */
#define VIRTUAL_8086_RIGHTS 0xf3
#define DPL_3              0x60

static const u8 vmcall_bytes[] = { 0x0f, 0x01, 0xc1 };
static const u8 handler_bytes[] = { 0xf3, 0x0f, 0x1e, 0xfa, 0x0f, 0x01, 0xc1 };

static const struct {
	const char *text;
	enum guest_mode mode;
	unsigned cpl;
} states[STAGE_STATES] = {
#define STATE(name, mode, cpl, text) { text, MODE_##mode, cpl },
#include "tests/suites/conditions/states.def"
#undef STATE
};

const char *stage_state_text(enum stage_state state)
{
	return states[state].text;
}

bool stage_state_offered(enum stage_state state)
{
	return mode_has_paging(states[state].mode) ||
	       capability_offered(CAPABILITY_unrestricted_guest);
}

void *stage_at(const struct stage *stage, u64 address)
{
	return stage->memory + (address - STAGE_GDT);
}

static void put_gate(u64 *idt, unsigned vector)
{
	u64 handler = STAGE_HANDLERS + 16 * vector;

	idt[2 * vector] = handler | (u64)STAGE_CODE_64 << 16 | 0x8e00ul << 32;
}

static void fill_tables(const struct stage *stage)
{
	u64 *gdt = stage_at(stage, STAGE_GDT);
	u8 *tss = stage_at(stage, STAGE_TSS);
	u8 *handlers = stage_at(stage, STAGE_HANDLERS);

	gdt[STAGE_CODE_64 / 8] = CODE_64;
	gdt[STAGE_DATA / 8] = FLAT_DATA;
	gdt[STAGE_NEW_TSS / 8] = NEW_TSS | (u64)STAGE_TSS << 16;
	gdt[STAGE_NOT_PRESENT / 8] = NOT_PRESENT;
	*(u32 *)(tss + TSS_RSP0) = STAGE_STACK;
	*(u16 *)(tss + TSS_BITMAP_ADDRESS) = 0x68;
	for (unsigned vector = 0; vector < 32; vector++) {
		put_gate(stage_at(stage, STAGE_IDT), vector);
		memcpy(handlers + 16 * vector, handler_bytes, sizeof(handler_bytes));
	}
}

static void use_tables(struct stage *stage)
{
	stage->vm.registers.rbx = STAGE_OPERAND;
	stage->vm.registers.rsi = STAGE_OPERAND;
	stage->vm.registers.rdi = STAGE_OPERAND;
	vmcs_write(GUEST_RSP, STAGE_STACK);
	vmcs_write(GUEST_GDTR_BASE, STAGE_GDT);
	vmcs_write(GUEST_GDTR_LIMIT, PAGE_SIZE - 1);
	vmcs_write(GUEST_IDTR_BASE, STAGE_IDT);
	vmcs_write(GUEST_IDTR_LIMIT, PAGE_SIZE - 1);
	vmcs_write(GUEST_TR_BASE, STAGE_TSS);
}

static void make_memory(struct stage *stage)
{
	stage->memory = pages_alloc(MEMORY_PAGES);
	for (u64 page = 0; page < MEMORY_PAGES; page++)
		vm_map(&stage->vm, gpa(STAGE_GDT + page * PAGE_SIZE),
		       ept_leaf(hpa_of(stage->memory + page * PAGE_SIZE), RWX, WB));
	fill_tables(stage);
}

static void change_bits(enum vmcs_field field, u64 clear, u64 set)
{
	vmcs_write(field, (vmcs_read(field) & ~clear) | set);
}

static void use_virtual_8086_segments(void)
{
	static const u16 segments[][3] = {
		{ GUEST_ES_SELECTOR, GUEST_ES_LIMIT, GUEST_ES_ACCESS_RIGHTS },
		{ GUEST_CS_SELECTOR, GUEST_CS_LIMIT, GUEST_CS_ACCESS_RIGHTS },
		{ GUEST_SS_SELECTOR, GUEST_SS_LIMIT, GUEST_SS_ACCESS_RIGHTS },
		{ GUEST_DS_SELECTOR, GUEST_DS_LIMIT, GUEST_DS_ACCESS_RIGHTS },
		{ GUEST_FS_SELECTOR, GUEST_FS_LIMIT, GUEST_FS_ACCESS_RIGHTS },
		{ GUEST_GS_SELECTOR, GUEST_GS_LIMIT, GUEST_GS_ACCESS_RIGHTS },
	};

	for (unsigned segment = 0; segment < COUNT(segments); segment++) {
		vmcs_write(segments[segment][0], 0);
		vmcs_write(segments[segment][1], 0xffff);
		vmcs_write(segments[segment][2], VIRTUAL_8086_RIGHTS);
	}
}

static void use_state(enum stage_state state)
{
	if (state == STATE_COMPATIBILITY)
		vmcs_write(GUEST_CS_ACCESS_RIGHTS, COMPATIBILITY_CODE);
	if (state == STATE_VIRTUAL_8086) {
		change_bits(GUEST_RFLAGS, 0, RFLAGS_VM);
		use_virtual_8086_segments();
	} else if (states[state].cpl == 3) {
		change_bits(GUEST_CS_SELECTOR, 0, 3);
		change_bits(GUEST_SS_SELECTOR, 0, 3);
		change_bits(GUEST_CS_ACCESS_RIGHTS, 0, DPL_3);
		change_bits(GUEST_SS_ACCESS_RIGHTS, 0, DPL_3);
	}
}

static const u16 rewound[STAGE_REWOUND_FIELDS] = {
	GUEST_CS_SELECTOR, GUEST_CS_LIMIT, GUEST_CS_ACCESS_RIGHTS, GUEST_CS_BASE,
	GUEST_SS_SELECTOR, GUEST_SS_LIMIT, GUEST_SS_ACCESS_RIGHTS, GUEST_SS_BASE,
	GUEST_RSP, GUEST_RFLAGS,
};

static void note_start(struct stage *stage)
{
	for (unsigned field = 0; field < STAGE_REWOUND_FIELDS; field++)
		stage->start[field] = vmcs_read(rewound[field]);
}

void stage_rewind(const struct stage *stage)
{
	for (unsigned field = 0; field < STAGE_REWOUND_FIELDS; field++)
		vmcs_write(rewound[field], stage->start[field]);
	vmcs_write(GUEST_RIP, GUEST_CODE);
}

void stage_code(struct stage *stage, const char *code, size_t size)
{
	memcpy(stage->code, code, size);
	memcpy(stage->code + size, vmcall_bytes, sizeof(vmcall_bytes));
	stage->end = GUEST_CODE + size;
	vmcs_write(GUEST_RIP, GUEST_CODE);
}

bool stage_start(struct stage *stage, enum stage_state state, const char *code, size_t size)
{
	if (!guest_code_start_in(states[state].mode, &stage->vm, vmcall_bytes, 0))
		return false;
	stage->mode = states[state].mode;
	stage->code = page_alloc();
	vm_map(&stage->vm, gpa(GUEST_CODE), ept_leaf(hpa_of(stage->code), RX, WB));
	make_memory(stage);
	use_tables(stage);
	use_state(state);
	note_start(stage);
	stage_code(stage, code, size);
	return true;
}

#define NOT_OFFERED ", which this processor does not offer"

static bool control_offered(enum control_word word, u64 bits, bool set)
{
	struct control_limits limits = control_limits(word);
	u64 refused = set ? bits & ~(u64)limits.may_be_one : bits & limits.must_be_one;

	if (refused)
		skip("needs \"%s\"%s" NOT_OFFERED,
		     control_name(word, (unsigned)__builtin_ctzl(refused)), set ? "" : " at 0");
	return !refused;
}

static bool cr4_offered(u64 bits)
{
	u64 refused = bits & ~vmx_capabilities.cr4_fixed1;

	if (refused)
		skip("needs bit %u of CR4" NOT_OFFERED, (unsigned)__builtin_ctzl(refused));
	return !refused;
}

static bool bits_offered(const struct change *change)
{
	bool set = change->kind == SET_BITS;

	switch (change->where) {
	case PIN_BASED_CONTROLS: return control_offered(PIN_BASED, change->value, set);
	case PRIMARY_CONTROLS:   return control_offered(PRIMARY, change->value, set);
	case SECONDARY_CONTROLS: return control_offered(SECONDARY, change->value, set);
	case EXIT_CONTROLS:      return control_offered(VM_EXIT, change->value, set);
	case ENTRY_CONTROLS:     return control_offered(VM_ENTRY, change->value, set);
	case GUEST_CR4:          return !set || cr4_offered(change->value);
	default:                 return true;
	}
}

static bool is_in_cpuid(const struct change *change)
{
	struct cpuid leaf = cpuid_leaf(change->value, 0);
	bool found = read32((const u8 *)&leaf + change->where) >> change->bit & 1;

	if (!found)
		skip("needs CPUID.%xH:E%cX[%u]" NOT_OFFERED, change->value,
		     'A' + change->where / 4, change->bit);
	return found;
}

/* False after skip(). */
static bool change_offered(const struct change *change)
{
	switch (change->kind) {
	case SET_BITS:
	case CLEAR_BITS: return bits_offered(change);
	case NEED_CPUID: return is_in_cpuid(change);
	default:         return true;
	}
}

static void make_change(struct stage *stage, const struct change *change)
{
	u8 *register_of_it = (u8 *)&stage->vm.registers + change->where;

	switch (change->kind) {
	case SET_BITS:     change_bits(change->where, 0, change->value); break;
	case CLEAR_BITS:   change_bits(change->where, change->value, 0); break;
	case SET_VALUE:    vmcs_write(change->where, change->value); break;
	case COPY_TABLES:  guest_paging_copy(stage->mode, &stage->vm.ept, RW); break;
	case SET_MEMORY:   *(u32 *)stage_at(stage, change->where) = change->value; break;
	case SET_REGISTER: *(u64 *)register_of_it = change->value; break;
	case SET_REGISTER_BIT: *(u64 *)register_of_it = BIT(change->bit); break;
	}
}

bool stage_change(struct stage *stage, const struct change *changes)
{
	for (; changes->kind != END; changes++) {
		if (!change_offered(changes)) {
			vm_end(&stage->vm);
			return false;
		}
		make_change(stage, changes);
	}
	return true;
}

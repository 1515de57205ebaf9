/* registers.c -- which accesses to an APIC-access page reach the virtual-APIC page
 *
 * Each test accesses the first dword of every register under one setting of the controls, and some
 * dwords that are no register.
 */
#include "kernel/memory.h"
#include "tests/report/test.h"
#include "tests/suites/apic/apic_guest.h"
#include "tests/suites/guest/guest_code.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

#define WRITTEN      0x5a5a5a5au                /* no request for an IPI that is virtualized */
#define LINEAR_WRITE BIT(12)                    /* of the qualification; a read is 0 there */

/* Both instructions have two bytes; VMCALL follows. */
static const u8 code[] = {
	0x8b, 0x03, 0x0f, 0x01, 0xc1,           /* MOV EAX, [RBX] */
	0x89, 0x03, 0x0f, 0x01, 0xc1,           /* MOV [RBX], EAX */
};
enum { READ = GUEST_CODE, WRITE = GUEST_CODE + 5, INSTRUCTION = 2 };

/* Sets of controls one of which has to be 1; ALWAYS: the TPR shadow suffices. */
enum {
	NEVER        = 0,
	ALWAYS       = USE_TPR_SHADOW,
	BY_REGISTERS = SECONDARY_apic_register_virtualization,
	BY_DELIVERY  = SECONDARY_virtual_interrupt_delivery,
	BY_EITHER    = BY_REGISTERS | BY_DELIVERY,
};

struct apic_register_row { u32 offset, read, write, silent, kept; };

static const struct apic_register_row registers[] = {
#define APIC_REGISTER(offset, read, write, silent, kept) { offset, read, write, silent, kept },
#include "tests/suites/apic/registers.def"
#undef APIC_REGISTER
};

/* Dwords that are no register: above one, and behind all of them. */
static const u16 no_registers[] = { 0x024, 0x084, 0x0b4, 0x10c, 0x304, 0x400, 0x480, 0xffc };

struct register_accesses { u32 controls; bool write; };

static const struct apic_register_row *row_of(u32 offset)
{
	static const struct apic_register_row none;

	for (size_t i = 0; i < COUNT(registers); i++)
		if (registers[i].offset == offset)
			return &registers[i];
	return &none;
}

struct outcome { u32 reason, moved, on_page; u64 qualification; };

static struct outcome expected(const struct register_accesses *setting, u32 offset)
{
	const struct apic_register_row *row = row_of(offset);
	bool reached = setting->controls & USE_TPR_SHADOW &&
		       setting->controls & (setting->write ? row->write : row->read);
	bool silent = setting->controls & row->silent;

	if (!reached)
		return (struct outcome){ EXIT_apic_access, 0, VIRTUAL_PATTERN(offset),
					 offset | (setting->write ? LINEAR_WRITE : 0) };
	if (!setting->write)
		return (struct outcome){ EXIT_vmcall, INSTRUCTION, VIRTUAL_PATTERN(offset), 0 };
	if (!silent)
		return (struct outcome){ EXIT_apic_write, INSTRUCTION, WRITTEN, offset };
	return (struct outcome){ EXIT_vmcall, INSTRUCTION, WRITTEN & row->kept, 0 };
}

static struct outcome try(struct apic_guest *guest, const struct register_accesses *setting,
			  u32 offset)
{
	u64 start = setting->write ? WRITE : READ;
	u32 *there = apic_register(guest->virtual_page, offset);

	*there = VIRTUAL_PATTERN(offset);
	if (setting->controls & SECONDARY_virtual_interrupt_delivery)
		vmcs_write(GUEST_INTERRUPT_STATUS, 0);
	vmcs_write(GUEST_RIP, start);
	guest->vm.registers.rbx = APIC_PAGE + offset;
	guest->vm.registers.rax = WRITTEN;
	vm_run(&guest->vm);
	return (struct outcome){ guest->vm.exit.reason, (u32)(vm_rip() - start), *there,
				 guest->vm.exit.qualification };
}

/* VM entry performs PPR virtualization (SDM vol. 3, "PPR Virtualization"). */
static bool entry_writes(const struct register_accesses *setting, u32 offset)
{
	return offset == VIRTUAL_PPR &&
	       setting->controls & SECONDARY_virtual_interrupt_delivery;
}

static void expect_access(struct apic_guest *guest, const struct register_accesses *setting,
			  u32 offset)
{
	struct outcome should = expected(setting, offset);
	struct outcome is = try(guest, setting, offset);
	bool was_read = !setting->write && should.reason == EXIT_vmcall;

	if (is.reason != should.reason || is.moved != should.moved ||
	    is.qualification != should.qualification)
		FAIL("offset %#x: exit %s, qualification %#lx, RIP moved by %u; expected %s, %#lx, "
		     "%u", offset, exit_name(is.reason), is.qualification, is.moved,
		     exit_name(should.reason), should.qualification, should.moved);
	else if (is.on_page != should.on_page && !entry_writes(setting, offset))
		FAIL("offset %#x: the virtual-APIC page has %#x, expected %#x", offset, is.on_page,
		     should.on_page);
	else if (was_read && guest->vm.registers.rax != VIRTUAL_PATTERN(offset))
		FAIL("offset %#x: %#lx was read, expected %#x", offset, guest->vm.registers.rax,
		     VIRTUAL_PATTERN(offset));
	if (*apic_register(guest->access_page, offset) != ACCESS_PATTERN(offset))
		FAIL("offset %#x: the APIC-access page itself was written", offset);
}

static void run_accesses(const struct test *test)
{
	const struct register_accesses *setting = test->row;
	struct apic_guest guest;

	if (!apic_guest_start(&guest, code, sizeof(code), setting->controls))
		return;
	for (u32 offset = 0; offset < REGISTERS_END; offset += 16)
		expect_access(&guest, setting, offset);
	for (size_t i = 0; i < COUNT(no_registers); i++)
		expect_access(&guest, setting, no_registers[i]);
	vm_end(&guest.vm);
}

#define REGISTER_ACCESSES(name, controls, write, text)                                             \
	static const struct register_accesses accesses_##name = { controls, write };               \
	TEST_ROW(name, run_accesses, &accesses_##name, "apic_registers/" #name, text,              \
		 "Virtualizing Memory-Mapped APIC Accesses");
#include "tests/suites/apic/register_accesses.def"
#undef REGISTER_ACCESSES

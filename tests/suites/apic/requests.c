/* requests.c -- which EOIs and requests for IPIs the processor completes itself, and which exit */
#include "kernel/flags.h"
#include "kernel/local_apic.h"
#include "tests/report/test.h"
#include "tests/suites/apic/interrupt_guest.h"
#include "tests/suites/guest/guest_code.h"
#include "vmx/vmcs.h"

#define SELF_IPI    BIT(18)                     /* of the ICR: the shorthand "self", fixed, edge */
#define ANY_LEVEL   BIT(14)                     /* of the ICR: not looked at */
#define LOGICAL     BIT(11)
#define VECTOR      0x51

static const u8 code[] = { 0x89, 0x03, 0x0f, 0x01, 0xc1 };     /* MOV [RBX], EAX; VMCALL */
enum { STORE = 2 };

static bool start(struct interrupt_guest *guest, u32 offset)
{
	if (!interrupt_guest_start(guest, code, sizeof(code), ACCESSES | DELIVERY))
		return false;
	guest->apic.vm.registers.rbx = APIC_PAGE + offset;
	*apic_register(guest->apic.virtual_page, APIC_PRIORITY) = 0;
	return true;
}

static void store(struct interrupt_guest *guest, u32 value, u16 status)
{
	vmcs_write(GUEST_INTERRUPT_STATUS, status);
	vmcs_write(GUEST_RIP, GUEST_CODE);
	guest->apic.vm.registers.rax = value;
	vm_run(&guest->apic.vm);
}

static void expect(const struct interrupt_guest *guest, const char *what, u32 value,
		   bool exits, u32 reason, u64 qualification)
{
	const struct exit *exit = &guest->apic.vm.exit;
	u32 expected = exits ? reason : EXIT_vmcall;

	if (exit->reason != expected)
		FAIL("%s %#x: exit %s, expected %s", what, value, exit_name(exit->reason),
		     exit_name(expected));
	else if (exits && exit->qualification != qualification)
		FAIL("%s %#x: the exit qualification is %#lx, expected %#lx", what, value,
		     exit->qualification, qualification);
	if (vm_rip() != GUEST_CODE + STORE)
		FAIL("%s %#x: RIP is %#lx", what, value, vm_rip());
}

/* With interrupts off, so that nothing is delivered. */
static void try_request(struct interrupt_guest *guest, u32 value, bool exits)
{
	u8 *page = guest->apic.virtual_page;

	apic_vectors_clear(page, APIC_REQUESTED);
	store(guest, value, 0);
	expect(guest, "ICR", value, exits, EXIT_apic_write, APIC_COMMAND);
	if (apic_vector_is_set(page, APIC_REQUESTED, (u8)value) == exits)
		FAIL("ICR %#x: VIRR %s its vector", value, exits ? "has" : "lacks");
	EXPECT_EQUAL(vmcs_read(GUEST_INTERRUPT_STATUS), exits ? 0 : value & 0xff);
	EXPECT_EQUAL(*apic_register(page, APIC_COMMAND), value);
}

TEST("virtual_interrupts/each_bit_of_the_icr",
     "a request for an IPI exits if a bit of it is not that of a fixed, edge-triggered one to "
     "itself; level and destination mode are not looked at", "APIC-Write Emulation")
{
	const u32 ignored = ANY_LEVEL | LOGICAL;
	struct interrupt_guest guest;

	if (!start(&guest, APIC_COMMAND))
		return;
	try_request(&guest, SELF_IPI | VECTOR, false);
	for (unsigned bit = 8; bit < 32; bit++)
		try_request(&guest, (u32)SELF_IPI ^ 1u << bit ^ VECTOR, !(ignored >> bit & 1));
	vm_end(&guest.apic.vm);
}

TEST("virtual_interrupts/each_vector_of_the_icr",
     "a request for an IPI to itself exits if its vector is below 16", "APIC-Write Emulation")
{
	struct interrupt_guest guest;

	if (!start(&guest, APIC_COMMAND))
		return;
	for (u32 vector = 0; vector < 32; vector++)
		try_request(&guest, SELF_IPI | vector, vector < 16);
	vm_end(&guest.apic.vm);
}

/* The field of 64 bits that has the vector's bit. */
static enum vmcs_field bitmap_of(u8 vector)
{
	static const enum vmcs_field fields[] = {
		EOI_EXIT_BITMAP_0, EOI_EXIT_BITMAP_1, EOI_EXIT_BITMAP_2, EOI_EXIT_BITMAP_3,
	};

	return fields[vector / 64];
}

static void write_bitmaps(u64 all, u8 vector, u64 bit)
{
	for (unsigned other = 0; other < 256; other += 64)
		vmcs_write(bitmap_of((u8)other), all);
	vmcs_write(bitmap_of(vector), all ^ bit);
}

static void try_eoi(struct interrupt_guest *guest, u8 vector, bool exits)
{
	u8 *page = guest->apic.virtual_page;

	write_bitmaps(exits ? 0 : ~0ul, vector, 1ul << vector % 64);
	apic_vectors_clear(page, APIC_IN_SERVICE);
	apic_vector_set(page, APIC_IN_SERVICE, vector);
	store(guest, 0, (u16)(vector << 8));
	expect(guest, "EOI of", vector, exits, EXIT_virtualized_eoi, vector);
	EXPECT_EQUAL(vmcs_read(GUEST_INTERRUPT_STATUS), 0);
	EXPECT_EQUAL(apic_vector_is_set(page, APIC_IN_SERVICE, vector), 0);
}

TEST("virtual_interrupts/eoi_exit_bitmap",
     "the EOI of a vector exits if its bit of the EOI-exit bitmaps is 1, whatever the others are",
     "EOI Virtualization")
{
	static const u8 vectors[] = { 0, 16, 31, 32, 63, 64, 127, 128, 191, 192, 254, 255 };
	struct interrupt_guest guest;

	if (!start(&guest, APIC_EOI))
		return;
	for (size_t i = 0; i < COUNT(vectors); i++) {
		try_eoi(&guest, vectors[i], true);
		try_eoi(&guest, vectors[i], false);
	}
	vm_end(&guest.apic.vm);
}

TEST("virtual_interrupts/eoi_exit_lets_nothing_in",
     "an EOI that exits lets no virtual interrupt in, which stays in RVI until the next VM entry",
     "EOI Virtualization")
{
	struct interrupt_guest guest;

	if (!start(&guest, APIC_EOI))
		return;
	write_bitmaps(~0ul, 0, 0);
	apic_vector_set(guest.apic.virtual_page, APIC_REQUESTED, VECTOR);
	apic_vector_set(guest.apic.virtual_page, APIC_IN_SERVICE, 0x61);
	vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | RFLAGS_IF);
	store(&guest, 0, 0x6100 | VECTOR);
	expect(&guest, "EOI of", 0x61, true, EXIT_virtualized_eoi, 0x61);
	EXPECT_EQUAL(vmcs_read(GUEST_INTERRUPT_STATUS), VECTOR);
	vm_run(&guest.apic.vm);
	EXPECT_EXIT(&guest.apic.vm, EXIT_vmcall);
	EXPECT_EQUAL(interrupt_guest_vector(), VECTOR);
	vm_end(&guest.apic.vm);
}

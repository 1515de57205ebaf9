/* operation.c -- what VMX operation fixes: bits of CR0 and CR4, and the A20 gate
 * (SDM vol. 3, "Restrictions on VMX Operation")
 */
#include "drivers/port.h"
#include "kernel/control_registers.h"
#include "kernel/guarded.h"
#include "kernel/print.h"
#include "tests/report/test.h"
#include "tests/suites/vmx/expect_outcome.h"
#include "tests/suites/vmx/start_state.h"
#include "vmx/capabilities.h"
#include "vmx/operation.h"

static const char *bit_name(bool cr4, unsigned bit)
{
	switch (bit + (cr4 ? 64 : 0)) {
#define CR0_BIT(position, name, text) case position: return "CR0." #name;
#define CR4_BIT(position, name, text) case position + 64: return "CR4." #name;
#include "kernel/control_registers.def"
#undef CR0_BIT
#undef CR4_BIT
	default:
		return cr4 ? "a reserved bit of CR4" : "a reserved bit of CR0";
	}
}

static u64 read(bool cr4)
{
	return cr4 ? cr4_read() : cr0_read();
}

static unsigned try_write_register(bool cr4, u64 value)
{
	return cr4 ? try_write_cr4(value) : try_write_cr0(value);
}

/* The bits that have just one legal value in VMX operation. */
static u64 fixed_bits(bool cr4)
{
	const struct vmx_capabilities *has = &vmx_capabilities;

	return cr4 ? has->cr4_fixed0 | ~has->cr4_fixed1 : has->cr0_fixed0 | ~has->cr0_fixed1;
}

static void expect_vmxon(bool cr4, unsigned bit, const hpa_t *region, u64 expected)
{
	outcome_t outcome = vmxon(region);
	char what[80];

	if (outcome == SUCCEEDED)
		vmxoff();
	print_into(what, sizeof(what), "VMXON with %s (bit %u) at its other value",
		   bit_name(cr4, bit), bit);
	expect_outcome(__FILE__, __LINE__, what, outcome, expected);
}

/* Some fixed bits are fixed outside of VMX operation as well: those cannot be tried. */
static void try_vmxon_with(bool cr4, unsigned bit, const hpa_t *region)
{
	u64 value = read(cr4), broken = value ^ BIT(bit);
	bool without_vmxe = cr4 && BIT(bit) == CR4_VMXE;

	if (try_write_register(cr4, broken) || read(cr4) != broken) {
		if (bit < 32)
			note("%s (bit %u) has one value outside of VMX operation, too",
			     bit_name(cr4, bit), bit);
		return;
	}
	expect_vmxon(cr4, bit, region, without_vmxe ? FAULT(UD, 0) : FAULT(GP, 0));
	try_write_register(cr4, value);
}

static void vmxon_with_each_fixed_bit(bool cr4)
{
	struct vmx_state_pointers pointers;

	vmx_state_start(OUTSIDE, &pointers);
	for (unsigned bit = 0; bit < 64; bit++)
		if (fixed_bits(cr4) & BIT(bit))
			try_vmxon_with(cr4, bit, &pointers.vmxon);
	vmx_state_end();
}

TEST("vmxon/cr0_fixed_bits", "VMXON with a fixed bit of CR0 at its other value is #GP(0)",
     "VMXON--Enter VMX Operation")
{
	vmxon_with_each_fixed_bit(false);
}

TEST("vmxon/cr4_fixed_bits", "VMXON with a fixed bit of CR4 at its other value is #GP(0)",
     "VMXON--Enter VMX Operation")
{
	vmxon_with_each_fixed_bit(true);
}

static void expect_fixed(bool cr4, unsigned bit)
{
	u64 value = read(cr4);
	unsigned fault = try_write_register(cr4, value ^ BIT(bit));
	char what[80];

	print_into(what, sizeof(what), "MOV of the other value to %s (bit %u)",
		   bit_name(cr4, bit), bit);
	expect_outcome(__FILE__, __LINE__, what, fault, FAULT(GP, 0));
	if (read(cr4) != value) {
		FAIL("%s (bit %u) has changed", bit_name(cr4, bit), bit);
		try_write_register(cr4, value);
	}
}

static void change_each_fixed_bit(bool cr4)
{
	struct vmx_state_pointers pointers;

	vmx_state_start(NO_CURRENT, &pointers);
	for (unsigned bit = 0; bit < 64; bit++)
		if (fixed_bits(cr4) & BIT(bit))
			expect_fixed(cr4, bit);
	vmx_state_end();
}

TEST("vmx_operation/cr0_fixed_bits",
     "in VMX operation a MOV that changes a fixed bit of CR0 is #GP(0)",
     "Restrictions on VMX Operation")
{
	change_each_fixed_bit(false);
}

TEST("vmx_operation/cr4_fixed_bits",
     "in VMX operation a MOV that changes a fixed bit of CR4 is #GP(0)",
     "Restrictions on VMX Operation")
{
	change_each_fixed_bit(true);
}

TEST("vmx_operation/vmxe_after_vmxoff", "CR4.VMXE can be cleared after VMXOFF, not before",
     "Enabling and Entering VMX Operation")
{
	struct vmx_state_pointers pointers;

	vmx_state_start(NO_CURRENT, &pointers);
	EXPECT_OUTCOME(try_write_cr4(cr4_read() & ~CR4_VMXE), FAULT(GP, 0));
	EXPECT_OUTCOME(vmxoff(), SUCCEEDED);
	EXPECT_OUTCOME(try_write_cr4(cr4_read() & ~CR4_VMXE), SUCCEEDED);
	EXPECT_EQUAL(cr4_read() & CR4_VMXE, 0);
	vmx_state_end();
}

/* With the A20 gate closed, bit 20 of every physical address is taken for 0.  So only memory whose
 * addresses have that bit clear may be used then; linker.ld keeps the kernel in such memory. */
enum {
	SYSTEM_CONTROL_A = 0x92,
	FAST_RESET       = 1 << 0,
	A20_OPEN         = 1 << 1,
};

static void a20_open(bool open)
{
	unsigned value = port_read8(SYSTEM_CONTROL_A) & ~(unsigned)(FAST_RESET | A20_OPEN);

	port_write8(SYSTEM_CONTROL_A, (u8)(open ? value | A20_OPEN : value));
}

/* Whether an address with bit 20 set leads to the same byte as the one without it. */
static bool a20_is_masked(void)
{
	static volatile u8 here;
	const volatile u8 *there = (const volatile u8 *)((u64)&here | BIT(20));
	u8 other = *there;

	here = (u8)(other + 1);
	if (*there == other)
		return false;
	here = (u8)(other + 2);
	return *there == here;
}

/* A region for VMXON whose address has bit 20 clear, which an allocated page need not have. */
static hpa_t region_below_the_gate(void)
{
	vmx_enter_operation();
	vmx_leave_operation();
	return vmxon_region();
}

TEST("vmxon/a20_masked", "VMXON with the A20 gate closed (A20M mode) is #GP(0)",
     "VMXON--Enter VMX Operation")
{
	struct vmx_state_pointers pointers;
	hpa_t region = region_below_the_gate();
	outcome_t outcome;
	bool masked;

	vmx_state_start(OUTSIDE, &pointers);
	a20_open(false);
	masked = a20_is_masked();
	outcome = vmxon(&region);
	a20_open(true);
	if (masked)
		EXPECT_OUTCOME(outcome, FAULT(GP, 0));
	else
		skip("the A20 gate cannot be closed: bit 1 of port 0x92 has no effect");
	vmx_state_end();
}

TEST("vmx_operation/a20_gate", "in VMX operation the A20 gate has no effect (A20M is blocked)",
     "VMXON--Enter VMX Operation")
{
	struct vmx_state_pointers pointers;
	hpa_t region = region_below_the_gate();
	bool masked_outside, masked_inside;

	vmx_state_start(OUTSIDE, &pointers);
	a20_open(false);
	masked_outside = a20_is_masked();
	a20_open(true);
	EXPECT_OUTCOME(vmxon(&region), SUCCEEDED);
	a20_open(false);
	masked_inside = a20_is_masked();
	a20_open(true);
	if (masked_outside)
		EXPECT(!masked_inside);
	else
		skip("the A20 gate cannot be closed: bit 1 of port 0x92 has no effect");
	vmx_state_end();
}

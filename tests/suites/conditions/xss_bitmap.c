/* xss_bitmap.c -- the XSS-exiting bitmap: a bit for each component of the supervisor's state
 *
 * XSAVES and XRSTORS exit if a bit is 1 in EDX:EAX, in IA32_XSS and in the bitmap.  None of the
 * components is restored here, as it may be the machine's.
 */
#include "kernel/control_registers.h"
#include "kernel/cpu.h"
#include "kernel/cpuid.h"
#include "tests/report/test.h"
#include "tests/suites/conditions/stage.h"
#include "vmx/capabilities.h"

#define LEGACY_SIZE   0x200                     /* of the area, its header follows */
#define COMPACTED     BIT(63)                   /* of XCOMP_BV, the second word of the header */
#define XSAVES        "\x0f\xc7\x2b"
#define XRSTORS       "\x0f\xc7\x1b"

static u64 components_offered(void)
{
	struct cpuid leaf = cpuid_leaf(13, 1);

	return leaf.eax & BIT(3) ? (u64)leaf.edx << 32 | leaf.ecx : 0;
}

static u32 exit_of(struct stage *stage, const char *code, u64 components, u64 bitmap)
{
	struct registers *registers = &stage->vm.registers;
	u64 *header = stage_at(stage, STAGE_OPERAND + LEGACY_SIZE);

	header[0] = 0;
	header[1] = COMPACTED;
	stage_code(stage, code, 3);
	registers->rax = components & BITS(31, 0);
	registers->rdx = components >> 32;
	vmcs_write(XSS_EXITING_BITMAP, bitmap);
	vm_run(&stage->vm);
	return stage->vm.exit.reason;
}

static void try_component(struct stage *stage, u64 bit)
{
	msr_write(IA32_XSS, bit);
	EXPECT_EQUAL(exit_of(stage, XSAVES, bit, bit), EXIT_xsaves);
	EXPECT_EQUAL(exit_of(stage, XRSTORS, bit, bit), EXIT_xrstors);
	EXPECT_EQUAL(exit_of(stage, XSAVES, bit, ~bit), EXIT_vmcall);
	EXPECT_EQUAL(exit_of(stage, XSAVES, ~bit, bit), EXIT_vmcall);
	EXPECT_EQUAL(exit_of(stage, XRSTORS, ~bit, bit), EXIT_vmcall);
	msr_write(IA32_XSS, 0);
	EXPECT_EQUAL(exit_of(stage, XSAVES, bit, bit), EXIT_vmcall);
	EXPECT_EQUAL(exit_of(stage, XRSTORS, bit, bit), EXIT_vmcall);
}

static bool start(struct stage *stage)
{
	return stage_start(stage, STATE_KERNEL_64, "", 0) &&
	       stage_change(stage,
			    CHANGES(SET(SECONDARY_CONTROLS, SECONDARY_enable_xsaves_xrstors)
				    SET(GUEST_CR4, CR4_OSXSAVE)));
}

TEST("xss_bitmap/components",
     "XSAVES and XRSTORS exit for a component of IA32_XSS whose bit of the XSS-exiting bitmap is 1",
     "Instructions That Cause VM Exits Conditionally")
{
	u64 components = components_offered();
	struct stage stage;

	if (!start(&stage))
		return;
	if (!components)
		skip("needs a bit of IA32_XSS, and this processor has none");
	for (; components; components &= components - 1)
		try_component(&stage, components & -components);
	vm_end(&stage.vm);
}

TEST("xss_bitmap/components_of_xcr0",
     "XSAVES and XRSTORS do not exit by the XSS-exiting bitmap for components of XCR0",
     "Instructions That Cause VM Exits Conditionally")
{
	struct stage stage;

	if (!start(&stage))
		return;
	EXPECT_EQUAL(exit_of(&stage, XSAVES, 1, ~0ul), EXIT_vmcall);
	EXPECT_EQUAL(exit_of(&stage, XRSTORS, 1, ~0ul), EXIT_vmcall);
	vm_end(&stage.vm);
}

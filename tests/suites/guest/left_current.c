/* left_current.c -- a test that is wrong on purpose, for tests/boot/survival.t */
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"

static const u8 guest_vmcall[] = { 0x0f, 0x01, 0xc1 };

TEST_ON_REQUEST("mistake/vmcs_left_current", "a test that does not end its VM is at fault", "")
{
	struct vm vm;

	guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall));
}

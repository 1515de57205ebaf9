/* shadow_guest.c -- a guest whose VMREAD and VMWRITE reach a shadow VMCS */
#include "tests/suites/shadowing/shadow_guest.h"
#include "kernel/flags.h"
#include "kernel/memory.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/guest/offered_controls.h"
#include "vmx/operation.h"

#define SHADOW_VMCS  (1u << 31)                 /* beside the revision identifier */
#define STATUS_FLAGS (RFLAGS_CF | RFLAGS_PF | RFLAGS_AF | RFLAGS_ZF | RFLAGS_SF | RFLAGS_OF)

static const u8 code[] = {
	0x0f, 0x78, 0xc3, 0x0f, 0x01, 0xc1,     /* VMREAD RBX, RAX; VMCALL */
	0x0f, 0x79, 0xc1, 0x0f, 0x01, 0xc1,     /* VMWRITE RAX, RCX; VMCALL */
};
enum { READ = GUEST_CODE, WRITE = GUEST_CODE + 6, INSTRUCTION = 3 };

const u16 shadow_fields[] = {
#define VMCS(encoding, width, kind, name) encoding,
#include "vmx/vmcs.def"
#undef VMCS
};
const unsigned shadow_field_count = COUNT(shadow_fields);
_Static_assert(COUNT(shadow_fields) <= MOST_SHADOW_FIELDS, "shadow_guest.h");

/* A VMCS gets the processor's own form by VMCLEAR. */
static hpa_t make_shadow(void)
{
	u32 *page = vmx_region_alloc();
	hpa_t shadow = hpa_of(page);

	*page |= SHADOW_VMCS;
	vmx_demand(vmclear(&shadow), "VMCLEAR of a shadow VMCS");
	return shadow;
}

bool shadow_guest_start(struct shadow_guest *guest)
{
	if (!guest_code_start(&guest->vm, code, sizeof(code)))
		return false;
	if (!controls_set(SECONDARY, SECONDARY_vmcs_shadowing)) {
		vm_end(&guest->vm);
		return false;
	}
	guest->bitmaps[0] = page_alloc();
	guest->bitmaps[1] = page_alloc();
	guest->shadow = make_shadow();
	vmcs_write(VMREAD_BITMAP_ADDRESS, (u64)guest->bitmaps[0]);
	vmcs_write(VMWRITE_BITMAP_ADDRESS, (u64)guest->bitmaps[1]);
	vmcs_write(VMCS_LINK_POINTER, guest->shadow.raw);
	return true;
}

void shadow_guest_end(struct shadow_guest *guest)
{
	vmx_demand(vmclear(&guest->shadow), "VMCLEAR of a shadow VMCS");
	vm_end(&guest->vm);
}

void shadow_make_current(const struct shadow_guest *guest)
{
	vmx_demand(vmptrld(&guest->shadow), "VMPTRLD of a shadow VMCS");
}

/* Its data have to be in memory before a guest reaches them by the link pointer. */
void shadow_leave(const struct shadow_guest *guest)
{
	vmx_demand(vmclear(&guest->shadow), "VMCLEAR of a shadow VMCS");
	vmx_demand(vmptrld(&guest->vm.vmcs), "VMPTRLD of the guest's VMCS");
}

static enum access_end end_of(const struct shadow_guest *guest, u64 start, u32 exit)
{
	u64 flags = vmcs_read(GUEST_RFLAGS);
	u64 moved = vm_rip() - start;

	if (guest->vm.exit.reason == exit && moved == 0)
		return SHADOW_EXITS;
	if (guest->vm.exit.reason != EXIT_vmcall || moved != INSTRUCTION)
		return SHADOW_OTHER;
	switch (flags & STATUS_FLAGS) {
	case 0:         return SHADOW_SUCCEEDS;
	case RFLAGS_CF: return SHADOW_FAIL_INVALID;
	case RFLAGS_ZF: return SHADOW_FAIL_VALID;
	default:        return SHADOW_OTHER;
	}
}

static enum access_end run(struct shadow_guest *guest, u64 start, u64 field, u32 exit)
{
	vmcs_write(GUEST_RIP, start);
	vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | STATUS_FLAGS);
	guest->vm.registers.rax = field;
	vm_run(&guest->vm);
	return end_of(guest, start, exit);
}

enum access_end shadow_guest_read(struct shadow_guest *guest, u64 field, u64 *value)
{
	enum access_end end;

	guest->vm.registers.rbx = *value;
	end = run(guest, READ, field, EXIT_vmread);
	*value = guest->vm.registers.rbx;
	return end;
}

enum access_end shadow_guest_write(struct shadow_guest *guest, u64 field, u64 value)
{
	guest->vm.registers.rcx = value;
	return run(guest, WRITE, field, EXIT_vmwrite);
}

const char *access_end_text(enum access_end end)
{
	static const char *const texts[] = {
		"exit", "success", "VMfailInvalid", "VMfailValid", "something else",
	};

	return texts[end];
}

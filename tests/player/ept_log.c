/* ept_log.c -- what the report says of a VM exit that EPT caused */
#include "tests/player/ept_log.h"
#include "ept/eptp.h"
#include "kernel/control_registers.h"
#include "kernel/exceptions.h"
#include "kernel/paging.h"
#include "tests/player/address_text.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"
#include "vmx/guest_explain.h"
#include "vmx/guest_paging.h"
#include "vmx/vmcs.h"

#define LINE_SIZE 320

/* --- The guest's walk ------------------------------------------------------------------------ */

static void tell_step(const struct script *script, const struct guest_access *access,
		      const struct guest_step *step)
{
	char room[LINE_SIZE], place[96];
	struct text text = TEXT_IN(room);
	enum permission refused = NONE;

	if (step == access->step)
		refused = access->violation.wanted & ~step->ept.allowed;
	address_text(place, sizeof(place), script, step->at.raw);
	guest_step_text(&text, &access->walk, step, place, refused);
	note("  guest %s", room);
}

/* The paging structures that the engine makes are the same in every scenario.  The report leaves
 * them out, unless the walk through them went wrong. */
static void tell_guest_walk(const struct script *script, const struct guest_access *access,
			    const struct guest_paging *paging, gpa_t address)
{
	const struct guest_step *step = access->walk.steps;
	bool as_expected = guest_access_leads_to(access, address);

	if (!access->violation.gla_valid)
		return;
	if (as_expected && !access->step && guest_paging_is_at(paging->cr3))
		return;
	for (unsigned i = 0; i < access->walk.count; i++, step++) {
		tell_step(script, access, step);
		if (step == access->step)
			return;
	}
	if (!as_expected)
		note("  the guest's paging, as it stands now, does not lead there: "
		     "the processor used a cached translation, or is wrong");
}

#define CS_64_BIT BIT(13)                       /* of the access rights: CS has no base then */

static gla_t instruction_address(void)
{
	bool has_base = !(vmcs_read(GUEST_CS_ACCESS_RIGHTS) & CS_64_BIT);

	return gla((has_base ? vmcs_read(GUEST_CS_BASE) : 0) + vm_rip());
}

static void find_access(struct guest_access *access, const struct guest_paging *paging,
			const struct guest_physical *physical, const struct exit *exit)
{
	access->violation = exit->violation;
	access->linear = exit->gla;
	access->instruction = instruction_address();
	access->ept_flags = vmcs_read(EPT_POINTER) & EPTP_ACCESSED_DIRTY;
	access->mode_based_execute = physical->rules.mode_based_execute;
	access->walk = guest_walk(paging, exit->gla, physical);
	access->step = exit->violation.in_page_walk ?
		       guest_walk_step_at(&access->walk, exit->gpa) : NULL;
}

/* --- EPT violation ---------------------------------------------------------------------------- */

static void tell_ept_walk(const struct ept_walk *walk, enum permission wanted)
{
	char room[LINE_SIZE];
	struct text text = TEXT_IN(room);

	ept_walk_text(&text, walk, wanted);
	note("  ept %s", room);
}

#define SUB_PAGE_SIZE 128u

static bool control_is_on(enum control_mask secondary)
{
	return vmcs_read(SECONDARY_CONTROLS) & secondary;
}

static bool has_sub_pages(const struct ept_walk *walk)
{
	const struct ept_step *last;

	if (walk->end != EPT_WALK_MAPPED || !control_is_on(SECONDARY_sub_page_write_permissions))
		return false;
	last = &walk->steps[walk->count - 1];
	return last->level == EPT_PT && last->entry & EPT_SUB_PAGES;
}

/* SDM vol. 3, "Sub-Page Write Permissions": the processor looks at them only for a write that the
 * EPT entry refuses. */
static void tell_sub_page(const struct exit *exit, const struct ept_walk *walk)
{
	if (!(exit->violation.wanted & W) || !has_sub_pages(walk))
		return;
	if (exit->violation.in_page_walk)
		note("  sub-page permissions are not for the guest's paging structures");
	else
		note("  nor do sub-page permissions let the %u bytes at %#lx be written",
		     SUB_PAGE_SIZE, exit->gpa.raw & ~(SUB_PAGE_SIZE - 1ul));
}

/* SDM vol. 3, table "Format of the Virtualization-Exception Information Area". */
struct ve_information {
	u32 reason, busy;
	u64 qualification, linear, physical;
};

/* Null if the VMCS field does not exist, or holds no address of memory. */
static const struct ve_information *ve_information(void)
{
	struct physical memory = paging_window();
	u64 area;

	if (vmread(VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, &area) != SUCCEEDED)
		return NULL;
	return physical_at(&memory, area, sizeof(struct ve_information));
}

/* SDM vol. 3, "Convertible EPT Violations"; "Virtualization Exceptions". */
static const char *why_no_ve(const struct ept_walk *walk)
{
	const struct ve_information *information = ve_information();

	if (walk->count && walk->steps[walk->count - 1].entry & EPT_SUPPRESS_VE)
		return "the EPT entry suppresses it (bit 63)";
	if (!(vmcs_read(GUEST_CR0) & CR0_PE))
		return "the guest is in real-address mode";
	if (interruption_decode(vmcs_read(IDT_VECTORING_INFORMATION)).valid)
		return "an event was being delivered";
	if (information && information->busy)
		return "the guest has not cleared the information of the last one";
	return "the processor is wrong: nothing stands against it";
}

static void tell_no_ve(const struct vm *vm, const struct exit *exit)
{
	struct guest_physical physical = vm_guest_physical(vm);
	struct ept_walk walk = ept_walk(&physical.ept, exit->gpa, &physical.rules);

	if (control_is_on(SECONDARY_ept_violation_ve))
		note("  not turned into a #VE, as %s", why_no_ve(&walk));
}

static void tell_violation(const struct script *script, const struct vm *vm,
			   const struct exit *exit)
{
	struct guest_paging paging = vm_guest_paging();
	struct guest_physical physical = vm_guest_physical(vm);
	struct ept_walk walk = ept_walk(&physical.ept, exit->gpa, &physical.rules);
	struct guest_access access;
	char room[LINE_SIZE];
	struct text text = TEXT_IN(room);

	find_access(&access, &paging, &physical, exit);
	tell_guest_walk(script, &access, &paging, exit->gpa);
	tell_ept_walk(&walk, guest_access_needs(&access));
	guest_access_text(&text, &access, &walk);
	note("  %s", room);
	tell_sub_page(exit, &walk);
}

bool violation_of_ve(const struct exit *exit, struct exit *violation)
{
	const struct ve_information *information;
	u64 event;

	if (exit->reason != EXIT_exception_or_nmi || !control_is_on(SECONDARY_ept_violation_ve))
		return false;
	event = vmcs_read(EXIT_INTERRUPTION_INFORMATION);
	information = ve_information();
	if (interruption_decode(event).vector != VECTOR_VE || !information)
		return false;
	*violation = (struct exit){
		.reason = EXIT_ept_violation,
		.qualification = information->qualification,
		.violation = ept_violation_decode(information->qualification),
		.gpa = gpa(information->physical),
		.gla = gla(information->linear),
	};
	return true;
}

/* --- EPT misconfiguration --------------------------------------------------------------------- */

/* The exit says neither what the access was nor its linear address.  But an instruction is fetched
 * before its data are accessed: if the fetch leads to the address, it was the access. */
static void add_fetch(struct text *text, const struct guest_physical *physical, gpa_t address)
{
	struct guest_paging paging = vm_guest_paging();
	struct guest_walk walk = guest_walk(&paging, instruction_address(), physical);
	const struct guest_step *step = guest_walk_step_at(&walk, address);

	if (step)
		text_add(text, " of the guest's %s entry %u, on the way to the instruction,",
			 ept_level_name(step->level), step->index);
	else if (walk.end == GUEST_WALK_MAPPED && walk.address.raw == address.raw)
		text_add(text, ", the fetch of the instruction,");
}

static void tell_misconfiguration(const struct vm *vm, const struct exit *exit)
{
	struct guest_physical physical = vm_guest_physical(vm);
	struct ept_walk walk = ept_walk(&physical.ept, exit->gpa, &physical.rules);
	char room[LINE_SIZE];
	struct text text = TEXT_IN(room);

	tell_ept_walk(&walk, NONE);
	text_add(&text, "an access");
	add_fetch(&text, &physical, exit->gpa);
	text_add(&text, " ");
	ept_reason_text(&text, "to", &walk, NONE);
	note("  %s", room);
}

/* --- Other exits of EPT ----------------------------------------------------------------------- */

static void tell_full_log(void)
{
	note("  an access that has an accessed or dirty flag of EPT to set finds no room in the "
	     "page-modification log, and is not done");
}

#define SPP_MISS BIT(11)                        /* of the exit qualification */

static void tell_spp_event(const struct vm *vm, const struct exit *exit)
{
	struct guest_physical physical = vm_guest_physical(vm);
	gpa_t address = gpa(vmcs_read(GUEST_PHYSICAL_ADDRESS));
	struct ept_walk walk = ept_walk(&physical.ept, address, &physical.rules);

	tell_ept_walk(&walk, W);
	if (exit->qualification & SPP_MISS)
		note("  SPP miss: the write asks for its sub-page permission, and on the way "
		     "there an entry is not valid");
	else
		note("  SPP misconfiguration: the write asks for its sub-page permission, and on "
		     "the way there an entry has reserved bits set");
}

#define EPTP_SWITCHING    0
#define EPTP_LIST_ENTRIES 512

static void tell_eptp(u32 which)
{
	struct physical memory = paging_window();
	u64 list;
	const u64 *entry;

	if (vmread(EPTP_LIST_ADDRESS, &list) != SUCCEEDED)
		return;
	entry = physical_at(&memory, list + which * sizeof(u64), sizeof(u64));
	if (entry)
		note("  entry %u of the EPTP list, %#lx, is no EPTP that VM entry would accept",
		     which, *entry);
}

static void tell_vm_function(const struct vm *vm)
{
	u32 function = (u32)vm->registers.rax, which = (u32)vm->registers.rcx;
	u64 enabled;

	if (vmread(VM_FUNCTION_CONTROLS, &enabled) != SUCCEEDED)
		return;
	if (function >= 64 || !(enabled >> function & 1))
		note("  VM function %u is not enabled", function);
	else if (function == EPTP_SWITCHING && which >= EPTP_LIST_ENTRIES)
		note("  there is no entry %u in the EPTP list, which ends with 511", which);
	else if (function == EPTP_SWITCHING)
		tell_eptp(which);
}

void ept_log(const struct script *script, const struct vm *vm, const struct exit *exit)
{
	struct exit violation;

	switch (exit->reason) {
	case EXIT_ept_violation:
		tell_violation(script, vm, exit);
		tell_no_ve(vm, exit);
		break;
	case EXIT_ept_misconfig:
		tell_misconfiguration(vm, exit);
		break;
	case EXIT_pml_full:
		tell_full_log();
		break;
	case EXIT_spp_event:
		tell_spp_event(vm, exit);
		break;
	case EXIT_vmfunc:
		tell_vm_function(vm);
		break;
	default:
		if (violation_of_ve(exit, &violation))
			tell_violation(script, vm, &violation);
	}
}

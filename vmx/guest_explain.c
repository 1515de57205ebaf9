/* guest_explain.c -- a guest's access that EPT refused, in words */
#include "vmx/guest_explain.h"
#include "kernel/paging_entry.h"

static const char *page_size_name(u64 size)
{
	return size == BIT(22) ? "4 MiB" : ept_level_size_name(size == BIT(21) ? EPT_PD : EPT_PDPT);
}

static bool is_last(const struct guest_walk *walk, const struct guest_step *step)
{
	return step == &walk->steps[walk->count - 1];
}

static bool maps_page(const struct guest_walk *walk, const struct guest_step *step)
{
	return walk->end == GUEST_WALK_MAPPED && is_last(walk, step);
}

static void refusal_text(struct text *text, enum permission refused)
{
	static const char *const names[] = { "it", "read", "write", "read, write" };

	text_add(text, " <- EPT refuses %s", names[refused & RW]);
}

void guest_step_text(struct text *text, const struct guest_walk *walk,
		     const struct guest_step *step, const char *place, enum permission refused)
{
	text_add(text, "%s[%u]", ept_level_name(step->level), step->index);
	if (step->readable)
		text_add(text, " %#lx", step->entry);
	if (maps_page(walk, step) && step->level > EPT_PT)
		text_add(text, " (%s)", page_size_name(walk->page_size));
	text_add(text, step->in_register ? " in the VMCS" : " at %s", place);
	if (refused) {
		refusal_text(text, refused);
	} else if (!step->in_register) {
		text_add(text, ", ept ");
		ept_walk_end_text(text, &step->ept);
	}
	if (walk->end == GUEST_WALK_NOT_PRESENT && is_last(walk, step))
		text_add(text, " <- not present");
}

/* Why a walk writes to an entry that it came to read. */
static const char *write_purpose(const struct guest_access *access)
{
	const struct guest_step *step = access->step;

	if (!(access->violation.wanted & W))
		return "";
	if (access->ept_flags)
		return " (with EPT's accessed and dirty flags a walk's read counts as one)";
	if (step->readable && !(step->entry & PAGING_ACCESSED))
		return " to set its accessed flag";
	if (maps_page(&access->walk, step) && !(step->entry & PAGING_DIRTY))
		return " to set its dirty flag";
	return "";
}

static void walk_access_text(struct text *text, const struct guest_access *access)
{
	const struct guest_step *step = access->step;

	if (step)
		text_add(text, " of the guest's %s entry %u%s", ept_level_name(step->level),
			 step->index, write_purpose(access));
	else
		text_add(text, " of a guest paging-structure entry");
	text_add(text, ", on the way to guest-linear %#lx,", access->linear.raw);
}

#define INSTRUCTION_MAX 15                      /* bytes */

static bool is_rest_of_instruction(const struct guest_access *access)
{
	u64 before = access->linear.raw - access->instruction.raw;

	return access->violation.wanted == X && before > 0 && before < INSTRUCTION_MAX;
}

bool guest_access_leads_to(const struct guest_access *access, gpa_t address)
{
	if (access->violation.in_page_walk)
		return access->step;
	return access->walk.end == GUEST_WALK_MAPPED && access->walk.address.raw == address.raw;
}

static bool is_user_mode_fetch(const struct guest_access *access)
{
	return access->mode_based_execute && access->violation.wanted & X && access->walk.user;
}

enum permission guest_access_needs(const struct guest_access *access)
{
	enum permission wanted = access->violation.wanted;

	return is_user_mode_fetch(access) ? (wanted & ~X) | XU : wanted;
}

/* Whose address it is matters with mode-based execute control alone. */
static const char *address_owner(const struct guest_access *access)
{
	if (!access->mode_based_execute || !(access->violation.wanted & X))
		return "";
	return is_user_mode_fetch(access) ? "user-mode " : "supervisor-mode ";
}

static void linear_access_text(struct text *text, const struct guest_access *access)
{
	if (is_rest_of_instruction(access))
		text_add(text, " of the rest of the instruction at %#lx", access->instruction.raw);
	text_add(text, ", reached through %sguest-linear %#lx,", address_owner(access),
		 access->linear.raw);
}

/* "The guest linear-address field is valid for all EPT violations except those resulting from an
 * attempt to load the guest PDPTEs" (and some of Intel PT, which the engine does not turn on). */
static const char *unaddressed_text(enum guest_paging_kind kind)
{
	return kind < PAGING_4_LEVEL ? " of the PDPTEs, which a MOV to CR loads," :
				       ", for which there is no guest-linear address,";
}

/* What is accessed stands "in a page", but "at an address". */
static const char *place_of(const struct ept_walk *ept)
{
	return ept->end == EPT_WALK_MAPPED || ept->end == EPT_WALK_MISCONFIGURED ? "in" : "at";
}

void guest_access_text(struct text *text, const struct guest_access *access,
		       const struct ept_walk *ept)
{
	const struct ept_violation *violation = &access->violation;
	bool to = violation->gla_valid && !violation->in_page_walk;

	text_add(text, "%s", permission_as_access(violation->wanted));
	if (violation->in_page_walk)
		walk_access_text(text, access);
	else if (!violation->gla_valid)
		text_add(text, "%s", unaddressed_text(access->walk.kind));
	else
		linear_access_text(text, access);
	text_add(text, " ");
	ept_reason_text(text, to ? "to" : place_of(ept), ept, guest_access_needs(access));
}

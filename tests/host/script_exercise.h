/* script_exercise.h -- uses a script as the player does: whatever script_check() let through must
 * be safe to touch, which the sanitizers judge
 */
#ifndef SCRIPT_EXERCISE_H
#define SCRIPT_EXERCISE_H

#include <stdlib.h>
#include <string.h>

#include "tests/script/script_check.h"

/* A rule that script.c checks, too; it is written here a second time to judge what script.c let
 * pass. */
static inline void script_must(bool holds)
{
	if (!holds)
		abort();
}

static inline const struct script_region *script_region_at(const struct script *script, u64 address)
{
	for (u32 i = 0; i < script->header->region_count; i++)
		if (address >= script->regions[i].gpa
		    && address < script->regions[i].gpa + script->regions[i].size)
			return &script->regions[i];
	return NULL;
}

static inline u64 script_exercise_regions(const struct script *script)
{
	const u8 *file = (const u8 *)script->header;
	u64 sum = 0;

	for (u32 i = 0; i < script->header->region_count; i++) {
		const struct script_region *region = &script->regions[i];

		sum += strlen(script_text(script, region->name));
		script_must(region->contents_end - region->contents <= region->size);
		for (u32 at = region->contents; at < region->contents_end; at++)
			sum += file[at];
	}
	return sum;
}

static inline void script_exercise_flags(const struct script *script,
					 const struct script_step *step)
{
	u32 level = step->what >> 8;

	script_must((step->what & 0xff) < 4 && step->second < 4 && level <= 4);
	script_must(level ? step->value >> 48 == 0 : script_region_at(script, step->value) != NULL);
}

static inline void script_exercise_root(const struct script *script,
					const struct script_step *step)
{
	u32 number = step->what & 0xff;

	script_must(number >= ROOT_vmxon && number <= ROOT_revision);
	if (number <= ROOT_vmptrld || number == ROOT_revision)
		script_must(script_region_at(script, step->value) != NULL);
	if (number <= ROOT_vmptrld)
		script_must((step->second & 0xffffffffffffe) == 0);
	if (number == ROOT_revision)
		script_must(script_region_at(script, step->value)
			    == script_region_at(script, step->value + 3));
	if (number == ROOT_cr0)
		script_must(((step->value | step->second) & ~0x5002aul) == 0);
	if (number == ROOT_cr4)
		script_must(((step->value | step->second) & ~0x210ful) == 0);
}

/* So many bytes of guest memory, in one page. */
static inline bool script_has_bytes(const struct script *script, u64 address, u64 size)
{
	const struct script_region *region = script_region_at(script, address);

	return region && region == script_region_at(script, address + size - 1);
}

static inline bool script_starts_region(const struct script *script, u64 address)
{
	const struct script_region *region = script_region_at(script, address);

	return region && region->gpa == address;
}

/* Steps about guest memory and its EPT entries. */
static inline void script_exercise_memory(const struct script *script,
					  const struct script_step *step)
{
	switch (step->kind) {
	case STEP_REMAP:
	case STEP_VMCS_PAGE:
	case STEP_CLEAR_FLAGS:
		script_must(script_starts_region(script, step->value));
		break;
	case STEP_SPLIT:
		script_must(script_starts_region(script, step->value)
			    && script_region_at(script, step->value)->level > EPT_PT);
		break;
	case STEP_FLAGS:
		script_exercise_flags(script, step);
		break;
	case STEP_ENTRY_ALLOW:
	case STEP_ENTRY_SET:
	case STEP_ENTRY_CLEAR:
		script_must(step->what >= 1 && step->what <= 4 && step->value >> 48 == 0
			    && (step->second & 0xfffff000) == 0);
		break;
	case STEP_EPTP:
		script_must(script_has_bytes(script, step->value, 8));
		break;
	case STEP_REVISION:
		script_must(script_has_bytes(script, step->value, 4));
		break;
	case STEP_HOLDS:
	case STEP_WRITE:
		script_must(script_has_bytes(script, step->value, step->what));
		break;
	}
}

static inline void script_exercise_step(const struct script *script, const struct script_step *step)
{
	bool without_guest = step->kind >= STEP_ROOT && step->kind <= STEP_STORED;

	script_must(step->view < script->header->views && script->header->views <= 8);
	script_must(without_guest == (script->header->mode == SCRIPT_NO_GUEST
				      && step->kind != STEP_FINISH));
	if (step->kind == STEP_INVEPT)
		script_must(step->what <= 2);
	if (step->kind == STEP_INVVPID)
		script_must((step->what & 0xff) <= 3 && step->what >> 9 == 0
			    && step->second <= 0xffff);
	if (step->kind == STEP_MAY_RUN)
		script_must(step->value >= 1 && step->value <= SCRIPT_LONGEST_RUN);
	if (step->kind == STEP_ROOT)
		script_exercise_root(script, step);
	if (step->kind == STEP_STORED && step->value != ~0ull)
		script_must(script_starts_region(script, step->value));
	script_exercise_memory(script, step);
}

static inline u64 script_exercise_steps(const struct script *script)
{
	const struct script_step *step = script->steps;
	u64 sum = 0;

	for (u32 at = 0;; at++, step++) {
		script_must(at < script->header->step_count);
		script_exercise_step(script, step);
		if (step->text)
			sum += strlen(script_text(script, step->text));
		if (step->kind == STEP_FINISH)
			return sum;
	}
}

static inline u64 script_exercise_rules(const struct script *script)
{
	const char *text = script_text(script, script->header->rules);
	u64 sum = 0;

	for (u32 i = 0; i < script->header->rule_count; i++)
		sum += strlen(text + sum) + 1;
	return sum;
}

static inline u64 script_exercise(const struct script *script)
{
	const struct script_header *header = script->header;

	script_must(header->mode == SCRIPT_NO_GUEST
		    || script_region_at(script, header->entry) != NULL);
	return strlen(script_text(script, header->name))
		+ strlen(script_text(script, header->title))
		+ strlen(script_text(script, header->source)) + script_exercise_rules(script)
		+ script_exercise_regions(script) + script_exercise_steps(script);
}

/* All scenarios of a module; returns how many were good. */
static inline unsigned script_exercise_module(const u8 *module, u64 size)
{
	struct module_file found;
	struct script script;
	char reason[256], name[SCRIPT_NAME_SIZE];
	u64 offset = 0, last = 0;
	unsigned good = 0;
	volatile u64 sum = 0;

	while (module_next(module, size, 1, &offset, &found)) {
		script_name(&found, name);
		script_must(offset > last && strlen(name) > 0);
		last = offset;
		reason[0] = 0;
		if (script_check(found.start, found.available, &script, reason, sizeof(reason))) {
			script_must(reason[0] != 0);
		} else {
			sum += script_exercise(&script);
			good++;
		}
	}
	(void)sum;
	return good;
}

#endif

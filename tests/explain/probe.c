/* probe.c -- which rules of VM entry a dump violates, and which it cannot decide */
#include <string.h>

#include "tests/explain/probe.h"

#define RANDOM_TRIES  256
#define TRIES         (2 + 64 + 64 + RANDOM_TRIES)
#define READS_OF_ONE  4096              /* of memory, for one judgement: lists have an end */
#define LONGEST_LIST  7u                /* where a dump lacks the length of one */

#define SHADOW_VMCS   BIT(31)           /* of the first 4 bytes of a VMCS region */

struct attempt {
	unsigned number;
	u64 seed;
	unsigned reads;
	u32 revision;
};

static u64 random(u64 *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* A value that many fields have in common with what somebody could have written there: none, all,
 * one bit, all but one, an address of a page, anything. */
static u64 guess(struct attempt *attempt)
{
	unsigned number = attempt->number;
	u64 value;

	if (number < 2)
		return number ? ~0ull : 0;
	if (number < 66)
		return 1ull << (number - 2);
	if (number < 130)
		return ~(1ull << (number - 66));
	value = random(&attempt->seed);
	if (number & 1)
		value &= ~(PAGE_SIZE - 1);
	return number & 2 ? value >> (value & 31) : value >> 24;
}

static bool read_guess(const void *context, u64 address, void *to, size_t size)
{
	struct attempt *attempt = (struct attempt *)context;
	u32 revision = attempt->revision | (attempt->number & 8 ? SHADOW_VMCS : 0);
	u8 *bytes = to;

	(void)address;
	if (attempt->reads++ >= READS_OF_ONE || attempt->number % 5 == 4)
		return false;
	for (size_t i = 0; i < size; i++)
		bytes[i] = (u8)(guess(attempt) >> i % 8 * 8);
	if (attempt->number % 5 == 3 && size >= sizeof(revision))
		memcpy(to, &revision, sizeof(revision));
	return true;
}

static bool read_nothing(const void *context, u64 address, void *to, size_t size)
{
	(void)context, (void)address, (void)to, (void)size;
	return false;
}

static bool is_length(unsigned field)
{
	return field == ENTRY_FIELD_exit_msr_store_count ||
	       field == ENTRY_FIELD_exit_msr_load_count ||
	       field == ENTRY_FIELD_entry_msr_load_count;
}

static void guess_fields(struct entry_state *state, const struct dump *dump,
			 struct attempt *attempt)
{
	for (unsigned i = 0; i < ENTRY_FIELDS; i++) {
		u64 value = guess(attempt) & BITS(dump_field_width(i) - 1, 0);

		if (!dump->has[i])
			state->fields[i] = is_length(i) ? value & LONGEST_LIST : value;
	}
}

static struct entry_set judge(const struct entry_state *base, const struct dump *dump,
			      unsigned lacking, unsigned number)
{
	struct attempt attempt = { .number = number, .seed = 0x9e3779b97f4a7c15 * (number + 1),
				   .revision = dump->processor.basic & BITS(30, 0) };
	struct entry_state state = *base;

	if (lacking & LACKS_FIELDS)
		guess_fields(&state, dump, &attempt);
	if (lacking & LACKS_MODE && !dump->has_mode) {
		state.x2apic = number & 1;
		state.current_vmcs = number & 2 ? state.fields[ENTRY_FIELD_vmcs_link_pointer]
						: guess(&attempt);
	}
	if (lacking & LACKS_MEMORY) {
		state.read = read_guess;
		state.memory = &attempt;
	}
	return entry_violations(&state);
}

/* The rules that do not say the same of each try. */
static struct entry_set undecided_by(const struct entry_state *base, const struct dump *dump,
				     unsigned lacking)
{
	struct entry_set first = entry_violations(base), differ = { { 0 } };

	for (unsigned number = 0; number < TRIES; number++) {
		struct entry_set next = judge(base, dump, lacking, number);

		for (unsigned i = 0; i < ENTRY_SET_WORDS; i++)
			differ.words[i] |= first.words[i] ^ next.words[i];
	}
	return differ;
}

/* No shadow VMCS is linked. */
static u64 usual(unsigned field)
{
	return field == ENTRY_FIELD_vmcs_link_pointer ? ~0ull : 0;
}

static bool looks_at_what_lacks(enum entry_rule rule, const struct dump *dump)
{
	const struct entry_rule_row *row = &entry_rule_rows[rule];

	for (unsigned i = 0; i < row->field_count; i++)
		if (!dump->has[row->fields[i]])
			return true;
	return false;
}

static void note_undecided(struct findings *findings, const struct dump *dump, unsigned lacking)
{
	struct entry_set undecided = undecided_by(&findings->state, dump, lacking);

	for (unsigned rule = 0; rule < ENTRY_RULES; rule++)
		if (entry_set_has(&undecided, rule) && !findings->lacks[rule])
			findings->lacks[rule] = (u8)lacking;
}

void probe(struct findings *findings, const struct dump *dump)
{
	struct entry_set seen;

	*findings = (struct findings){ .state = { .processor = &dump->processor,
						  .current_vmcs = dump->current_vmcs,
						  .x2apic = dump->x2apic,
						  .read = read_nothing } };
	for (unsigned i = 0; i < ENTRY_FIELDS; i++)
		findings->state.fields[i] = dump->has[i] ? dump->fields[i] : usual(i);
	note_undecided(findings, dump, LACKS_MEMORY);
	note_undecided(findings, dump, LACKS_MODE);
	note_undecided(findings, dump, LACKS_FIELDS);
	note_undecided(findings, dump, LACKS_FIELDS | LACKS_MEMORY | LACKS_MODE);
	seen = entry_violations(&findings->state);
	for (unsigned rule = 0; rule < ENTRY_RULES; rule++) {
		if (!entry_set_has(&seen, rule) || findings->lacks[rule])
			continue;
		if (looks_at_what_lacks(rule, dump))
			findings->lacks[rule] = LACKS_FIELDS;
		else
			entry_set_add(&findings->violated, rule);
	}
}

unsigned findings_undecided(const struct findings *findings)
{
	unsigned count = 0;

	for (unsigned rule = 0; rule < ENTRY_RULES; rule++)
		count += findings->lacks[rule] != LACKS_NOTHING;
	return count;
}

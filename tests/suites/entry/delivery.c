/* delivery.c -- what the delivery of an injected event pushed */
#include "tests/suites/entry/delivery.h"
#include "kernel/flags.h"
#include "kernel/string.h"

#define VALUE(name) (machine->state.fields[ENTRY_FIELD_##name])
#define PAGE_OFFSET BITS(11, 0)

/* From the top of the stack on: the error code where there is one, and what came before it. */
#define FRAME_WORDS 10
struct frame {
	u64 start;                              /* RSP before anything is pushed */
	unsigned word;                          /* bytes */
	unsigned count;
	u64 words[FRAME_WORDS];
};

static void add(struct frame *frame, u64 word)
{
	frame->words[frame->count++] = word;
}

/* The instruction that caused the event is behind it, if one did. */
static u64 return_address(const struct entry_machine *machine)
{
	struct interruption event = interruption_decode(machine->base->event);
	bool by_instruction = event.type >= EVENT_software_interrupt &&
			      event.type < EVENT_other_event;

	return VALUE(guest_rip) + (by_instruction ? VALUE(entry_instruction_length) : 0);
}

/* In virtual-8086 mode the segment registers are pushed as well, all null here. */
static void add_stack_pointer(struct frame *frame, const struct entry_machine *machine)
{
	bool virtual_8086 = machine->base->kinds & BASE_VIRTUAL_8086;

	if (machine->base->mode != MODE_long64 && !virtual_8086)
		return;
	add(frame, VALUE(guest_rsp));
	add(frame, VALUE(guest_ss_selector));
	for (unsigned i = 0; virtual_8086 && i < 4; i++)
		add(frame, 0);
	if (virtual_8086)
		frame->start = BASE_STACK_0;
}

static unsigned word_size(enum guest_mode mode)
{
	switch (mode) {
	case MODE_long64: return 8;
	case MODE_real16: return 2;
	default:          return 4;
	}
}

static struct frame expected_frame(const struct entry_machine *machine)
{
	struct frame frame = {
		.start = VALUE(guest_rsp), .word = word_size(machine->base->mode),
	};

	if (interruption_decode(machine->base->event).has_error)
		add(&frame, VALUE(entry_exception_error_code));
	add(&frame, return_address(machine));
	add(&frame, VALUE(guest_cs_selector));
	add(&frame, VALUE(guest_rflags));
	add_stack_pointer(&frame, machine);
	return frame;
}

/* RFLAGS.RF is what the event makes of it (SDM vol. 3, "Masking Instruction Breakpoints"). */
static void compare_frame(const struct frame *frame, const u8 *top, struct entry_observed *observed)
{
	for (unsigned i = 0; i < frame->count; i++) {
		u64 found = 0;

		memcpy(&found, top + i * frame->word, frame->word);
		if ((found ^ frame->words[i]) & ~(u64)RFLAGS_RF)
			entry_compare(observed, ENTRY_OBSERVATION_frame_of_event,
				      "a word of what the delivery pushed", found, frame->words[i]);
	}
}

void entry_judge_delivery(const struct entry_machine *machine, struct entry_observed *observed)
{
	struct frame frame = expected_frame(machine);
	u64 top = frame.start - frame.count * frame.word;

	entry_compare(observed, ENTRY_OBSERVATION_frame_of_event, "GUEST_RSP",
		      vmcs_read(GUEST_RSP), top);
	compare_frame(&frame, machine->memory.stack + (top & PAGE_OFFSET), observed);
}

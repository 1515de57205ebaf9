/* panic.c -- ends the run where the kernel cannot go on, with a report that says all it knows */
#include "kernel/panic.h"

#include "drivers/exit_device.h"
#include "kernel/bytes.h"
#include "kernel/cpu.h"
#include "kernel/exceptions.h"
#include "kernel/guarded.h"
#include "kernel/image.h"
#include "kernel/machine_check.h"
#include "kernel/print.h"
#include "kernel/stacks.h"
#include "kernel/symbols.h"
#include "kernel/trap_frame.h"

#define LINES_MAX 32

#define CALL_RELATIVE 0xe8                      /* the opcode; a 32-bit distance follows */
#define CALL_SIZE     5

/* What every function begins with: PUSH RBP; MOV RBP, RSP. */
struct frame {
	const struct frame *caller;
	u64 return_address;
};

void (*panic_hook)(void);

/* A function that is called here may panic itself.  Then that panic is reported instead, without
 * the hook, and a third one ends the machine without a report. */
static void begin(void)
{
	static unsigned depth;

	guarded_stack = 0;                      /* from here on each fault is a panic */
	depth++;
	if (depth > 2)
		machine_end(EXIT_FAILED);
	if (depth == 1 && panic_hook != NULL)
		panic_hook();
	print_at_line_start();
}

static void print_place(u64 address)
{
	struct named_address place = symbol_of(address);

	print("#   %#lx %s+%#lx\n", address, place.name, place.offset);
}

/* The name is that of the byte before the address: a CALL that never returns may be the last
 * instruction of its function, so that the address is already that of the next function. */
static void print_return_address(u64 address, u64 times)
{
	struct named_address place = symbol_of(address - 1);

	print("#   %#lx %s+%#lx", address, place.name, place.offset + 1);
	if (times > 1)
		print(", %lu times", times);
	print("\n");
}

static bool is_on_a_stack(const struct frame *frame)
{
	u64 address = (u64)frame;

	return address % 8 == 0 && address >= (u64)stack_start &&
	       address <= (u64)stacks_end - sizeof(*frame);
}

/* The frame of the caller lies above this one; if it does not, the chain of frames is damaged. */
static const struct frame *caller_of(const struct frame *frame)
{
	return frame->caller > frame && is_on_a_stack(frame->caller) ? frame->caller : NULL;
}

/* A function that called itself many times takes one line. */
static void print_callers(const struct frame *frame)
{
	if (!is_on_a_stack(frame))
		return;
	for (unsigned lines = 0; lines < LINES_MAX && frame != NULL; lines++) {
		u64 address = frame->return_address, times = 0;
		while (frame != NULL && frame->return_address == address) {
			frame = caller_of(frame);
			times++;
		}
		print_return_address(address, times);
	}
}

/* Where a function that has made no frame will return to: the address on top of the stack, if it
 * is that behind a CALL of this function.  0 if it is not. */
static u64 frameless_return_address(const struct trap_frame *trap)
{
	const u64 *top = (const u64 *)trap->rsp;
	u64 function = trap->rip - symbol_of(trap->rip).offset;

	if (!is_on_a_stack((const struct frame *)top) ||
	    !image_has_code(*top - CALL_SIZE) || !image_has_code(*top))
		return 0;
	const u8 *call = (const u8 *)*top - CALL_SIZE;
	u32 called = (u32)*top + read32(call + 1);
	return call[0] == CALL_RELATIVE && called == (u32)function ? *top : 0;
}

static void print_callers_of_trapped(const struct trap_frame *trap)
{
	u64 address = frameless_return_address(trap);

	print("# called from\n");
	if (address != 0)
		print_return_address(address, 1);
	print_callers((const struct frame *)trap->rbp);
}

static void print_registers(const struct trap_frame *trap)
{
	print("# rax %016lx rbx %016lx rcx %016lx rdx %016lx\n"
	      "# rsi %016lx rdi %016lx rbp %016lx rsp %016lx\n"
	      "# r8  %016lx r9  %016lx r10 %016lx r11 %016lx\n"
	      "# r12 %016lx r13 %016lx r14 %016lx r15 %016lx\n"
	      "# rip %016lx cs %#lx ss %#lx rflags %#lx\n",
	      trap->rax, trap->rbx, trap->rcx, trap->rdx,
	      trap->rsi, trap->rdi, trap->rbp, trap->rsp,
	      trap->r8, trap->r9, trap->r10, trap->r11,
	      trap->r12, trap->r13, trap->r14, trap->r15,
	      trap->rip, trap->cs, trap->ss, trap->rflags);
}

static void print_processor(void)
{
	print("# cr0 %#lx cr2 %#lx cr3 %#lx cr4 %#lx\n",
	      cr0_read(), cr2_read(), cr3_read(), cr4_read());
	machine_check_print();
}

void panic(const char *format, ...)
{
	va_list arguments;

	begin();
	va_start(arguments, format);
	print("Bail out! ");
	print_list(format, arguments);
	print("\n");
	va_end(arguments);
	print_processor();
	print("# called from\n");
	print_callers(__builtin_frame_address(0));
	machine_end(EXIT_FAILED);
}

static bool is_stack_overflow(const struct trap_frame *trap)
{
	return trap->vector == VECTOR_DF && cr2_read() - (u64)stack_guard < PAGE_SIZE;
}

void panic_on_trap(const struct trap_frame *trap)
{
	struct named_address place = symbol_of(trap->rip);

	begin();
	if (is_stack_overflow(trap))
		print("Bail out! the stack overflowed in %s+%#lx\n", place.name, place.offset);
	else
		print("Bail out! unexpected %s (%s, vector %lu, error code %#lx) in %s+%#lx\n",
		      vector_name((unsigned)trap->vector), vector_text((unsigned)trap->vector),
		      trap->vector, trap->error, place.name, place.offset);
	print_registers(trap);
	print_processor();
	print("# in\n");
	print_place(trap->rip);
	print_callers_of_trapped(trap);
	machine_end(EXIT_FAILED);
}

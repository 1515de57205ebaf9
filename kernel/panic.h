/* panic.h -- ends the run where the kernel cannot go on, with a report that says all it knows */
#ifndef PANIC_H
#define PANIC_H

struct trap_frame;

/* Prints `Bail out! ` and the text, what the banks of the machine-check architecture hold, and a
 * backtrace by symbol; ends the machine with failure. */
__attribute__((format(printf, 1, 2), noreturn)) void panic(const char *format, ...);

/* The same for an exception or interrupt that nobody expected, with all its registers. */
__attribute__((noreturn)) void panic_on_trap(const struct trap_frame *trap);

/* Called once before the first `Bail out!`, so that the report can print the lines it has kept. */
extern void (*panic_hook)(void);

#endif

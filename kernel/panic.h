/* panic.h -- what nobody can act on ends the run with a report that a stranger can debug from */
#ifndef PANIC_H
#define PANIC_H

struct trap_frame;

/* Prints `Bail out! ` and the text, a backtrace by symbol, and ends the machine with failure. */
__attribute__((format(printf, 1, 2), noreturn)) void panic(const char *format, ...);

/* The same for a trap nobody expected, with all its registers. */
__attribute__((noreturn)) void panic_on_trap(const struct trap_frame *trap);

/* Called once before the first word of a `Bail out!`: the report puts out what it holds back. */
extern void (*panic_hook)(void);

#endif

/* case_line.h -- a line of the scenario that a case is printed as */
#ifndef CASE_LINE_H
#define CASE_LINE_H

/* Prints it to the report, with "  | " before it. */
__attribute__((format(printf, 1, 2)))
void case_line(const char *format, ...);

#endif

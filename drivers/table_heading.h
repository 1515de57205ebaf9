/* table_heading.h -- what every table (.def) begins with: its title, and the names of its columns
 *
 * C and nasm read the same tables, but have no form of comment in common.  So the lines of the
 * heading are macros that expand to nothing; kernel/table_heading.inc has them for nasm.
 */
#ifndef TABLE_HEADING_H
#define TABLE_HEADING_H

#define TABLE_TITLE(text)                       /* "name.def -- what the rows are" */
#define TABLE_NOTE(text)                        /* "the section of the SDM, what to know besides" */

/* The names of the columns, in order.  A table with several kinds of rows has a line for each kind,
 * which begins with the kind and a colon. */
#define TABLE_COLUMNS(...)

#endif

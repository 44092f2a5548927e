/* SPDX-License-Identifier: BSD-2-Clause */
/** targets.h - The targets of a command: from its arguments and from a file, all resolved before one is
 * asked. */
#ifndef CMD_TARGETS_H
#define CMD_TARGETS_H

#include "cmd/measurement.h"

/** @subjects: their names belong to @argv and to @file_text. */
struct targets {
	struct icmpkit_subject *subjects;
	size_t count;
	char *file_text;
};

/**
 * icmpkit_targets_read() - Read and resolve all of them.
 * @names: the arguments, with a NULL at the end; at least one where @file is NULL.
 * @file:  NULL, or a file with one a line, "-" for standard input. Empty lines, and what follows a "#", do
 *         not count.
 *
 * Return: 0, or negative: it was complained of (the first bad one is named, with its line).
 */
ICMPKIT_CHECK_RESULT int icmpkit_targets_read(struct targets *out, const struct measurement *m, char **names,
					      const char *file);
void icmpkit_targets_free(struct targets *targets);

#endif

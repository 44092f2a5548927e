/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * deadlines.h - A bounded heap of instants, the earliest first. Entries with the same instant come out in the
 * order of their values. Nothing is removed from the middle: what is no longer wanted is skipped when it
 * comes.
 */
#ifndef BASE_DEADLINES_H
#define BASE_DEADLINES_H

#include <icmpkit/base.h>

struct icmpkit_deadline {
	int64_t at_ns;
	uint64_t value;
};

struct icmpkit_deadlines {
	struct icmpkit_deadline *heap;
	size_t max;
	size_t count;
	uint64_t refused;
};

/** Return: 0, or -ENOMEM, or ICMPKIT_ERR_RANGE for a @max of 0. */
ICMPKIT_CHECK_RESULT int icmpkit_deadlines_init(struct icmpkit_deadlines *deadlines, size_t max);
void icmpkit_deadlines_free(struct icmpkit_deadlines *deadlines);
/** Return: 0, or ICMPKIT_ERR_FULL. */
ICMPKIT_CHECK_RESULT int icmpkit_deadlines_put(struct icmpkit_deadlines *deadlines, int64_t at_ns,
					       uint64_t value);
/** The earliest instant, ICMPKIT_NEVER_NS when empty. */
int64_t icmpkit_deadlines_next_ns(const struct icmpkit_deadlines *deadlines);
/** Take the earliest entry if it is due. */
bool icmpkit_deadlines_take(struct icmpkit_deadlines *deadlines, int64_t now_ns,
			    struct icmpkit_deadline *out);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* A bounded binary heap of instants. */
#include "base/deadlines.h"

#include <errno.h>
#include <stdlib.h>

int icmpkit_deadlines_init(struct icmpkit_deadlines *deadlines, size_t max)
{
	if (max == 0 || max > SIZE_MAX / sizeof(struct icmpkit_deadline))
		return ICMPKIT_ERR_RANGE;
	struct icmpkit_deadline *heap = calloc(max, sizeof(*heap));

	if (heap == NULL)
		return -ENOMEM;
	*deadlines = (struct icmpkit_deadlines){.heap = heap, .max = max};
	return 0;
}

void icmpkit_deadlines_free(struct icmpkit_deadlines *deadlines)
{
	free(deadlines->heap);
	*deadlines = (struct icmpkit_deadlines){0};
}

static bool is_before(const struct icmpkit_deadline *a, const struct icmpkit_deadline *b)
{
	return a->at_ns != b->at_ns ? a->at_ns < b->at_ns : a->value < b->value;
}

int icmpkit_deadlines_put(struct icmpkit_deadlines *deadlines, int64_t at_ns, uint64_t value)
{
	struct icmpkit_deadline entry = {.at_ns = at_ns, .value = value};
	struct icmpkit_deadline *heap = deadlines->heap;

	if (deadlines->count == deadlines->max) {
		deadlines->refused++;
		return ICMPKIT_ERR_FULL;
	}
	size_t i = deadlines->count++;

	for (; i > 0 && is_before(&entry, &heap[(i - 1) / 2]); i = (i - 1) / 2)
		heap[i] = heap[(i - 1) / 2];
	heap[i] = entry;
	return 0;
}

int64_t icmpkit_deadlines_next_ns(const struct icmpkit_deadlines *deadlines)
{
	return deadlines->count > 0 ? deadlines->heap[0].at_ns : ICMPKIT_NEVER_NS;
}

/* Let @entry sink from the top to its place. */
static void sift_down(struct icmpkit_deadlines *deadlines, struct icmpkit_deadline entry)
{
	struct icmpkit_deadline *heap = deadlines->heap;
	size_t i = 0;

	while (2 * i + 1 < deadlines->count) {
		size_t child = 2 * i + 1;

		if (child + 1 < deadlines->count && is_before(&heap[child + 1], &heap[child]))
			child++;
		if (!is_before(&heap[child], &entry))
			break;
		heap[i] = heap[child];
		i = child;
	}
	heap[i] = entry;
}

bool icmpkit_deadlines_take(struct icmpkit_deadlines *deadlines, int64_t now_ns, struct icmpkit_deadline *out)
{
	if (deadlines->count == 0 || deadlines->heap[0].at_ns > now_ns)
		return false;
	*out = deadlines->heap[0];
	deadlines->count--;
	if (deadlines->count > 0)
		sift_down(deadlines, deadlines->heap[deadlines->count]);
	return true;
}

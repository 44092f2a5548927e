/* SPDX-License-Identifier: BSD-2-Clause */
/* The heap of instants: order, bound, and what is not yet due. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/deadlines.h"
#include "base/random.h"

static void entries_come_out_in_order(void **state)
{
	enum { ENTRIES = 1000 };
	struct icmpkit_deadlines deadlines;
	struct icmpkit_random random;
	struct icmpkit_deadline previous = {.at_ns = -1};

	(void)state;
	icmpkit_random_init(&random, 3);
	assert_int_equal(icmpkit_deadlines_init(&deadlines, ENTRIES), 0);
	for (uint64_t i = 0; i < ENTRIES; i++)
		assert_int_equal(
			icmpkit_deadlines_put(&deadlines, (int64_t)icmpkit_random_below(&random, 100), i), 0);
	for (int i = 0; i < ENTRIES; i++) {
		struct icmpkit_deadline entry;

		assert_true(icmpkit_deadlines_take(&deadlines, 100, &entry));
		assert_true(entry.at_ns > previous.at_ns ||
			    (entry.at_ns == previous.at_ns && entry.value > previous.value));
		previous = entry;
	}
	assert_true(icmpkit_deadlines_next_ns(&deadlines) == ICMPKIT_NEVER_NS);
	icmpkit_deadlines_free(&deadlines);
}

static void what_is_not_due_stays(void **state)
{
	struct icmpkit_deadlines deadlines;
	struct icmpkit_deadline entry;

	(void)state;
	assert_int_equal(icmpkit_deadlines_init(&deadlines, 1), 0);
	assert_int_equal(icmpkit_deadlines_put(&deadlines, 10, 1), 0);
	assert_false(icmpkit_deadlines_take(&deadlines, 9, &entry));
	assert_true(icmpkit_deadlines_next_ns(&deadlines) == 10);
	assert_int_equal(icmpkit_deadlines_put(&deadlines, 5, 2), ICMPKIT_ERR_FULL);
	assert_int_equal(deadlines.refused, 1);
	assert_true(icmpkit_deadlines_take(&deadlines, 10, &entry));
	assert_int_equal(entry.value, 1);
	assert_false(icmpkit_deadlines_take(&deadlines, 10, &entry));
	icmpkit_deadlines_free(&deadlines);
	assert_int_equal(icmpkit_deadlines_init(&deadlines, 0), ICMPKIT_ERR_RANGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_come_out_in_order),
		cmocka_unit_test(what_is_not_due_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

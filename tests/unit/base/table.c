/* SPDX-License-Identifier: BSD-2-Clause */
/* The bounded hash table, held against a plain array through many random steps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "base/table.h"

static void a_full_table_refuses_and_counts(void **state)
{
	struct icmpkit_table table;
	uint32_t value = 0;

	(void)state;
	assert_int_equal(icmpkit_table_init(&table, 3), 0);
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(icmpkit_table_put(&table, i, 10 + i), 0);
	assert_int_equal(icmpkit_table_put(&table, 3, 13), ICMPKIT_ERR_FULL);
	assert_int_equal(table.refused, 1);
	/* Replacing needs no room. */
	assert_int_equal(icmpkit_table_put(&table, 1, 99), 0);
	assert_true(icmpkit_table_get(&table, 1, &value));
	assert_int_equal(value, 99);
	assert_false(icmpkit_table_get(&table, 3, &value));
	icmpkit_table_free(&table);
}

static void it_agrees_with_an_array_through_random_steps(void **state)
{
	enum { KEYS = 64, MAX = 40, STEPS = 200000 };
	struct icmpkit_table table;
	struct icmpkit_random random;
	bool is_there[KEYS] = {false};
	uint32_t values[KEYS] = {0};
	size_t count = 0;

	(void)state;
	icmpkit_random_init(&random, 1);
	assert_int_equal(icmpkit_table_init(&table, MAX), 0);
	for (uint32_t step = 0; step < STEPS; step++) {
		size_t key = (size_t)icmpkit_random_below(&random, KEYS);
		uint32_t value = 0;

		if (icmpkit_random_below(&random, 2) == 0) {
			bool fits = is_there[key] || count < MAX;

			assert_int_equal(icmpkit_table_put(&table, key, step), fits ? 0 : ICMPKIT_ERR_FULL);
			count += fits && !is_there[key];
			values[key] = fits ? step : values[key];
			is_there[key] |= fits;
		} else {
			assert_int_equal(icmpkit_table_remove(&table, key), is_there[key]);
			count -= is_there[key];
			is_there[key] = false;
		}
		key = (size_t)icmpkit_random_below(&random, KEYS);
		assert_int_equal(icmpkit_table_get(&table, key, &value), is_there[key]);
		if (is_there[key])
			assert_int_equal(value, values[key]);
		assert_int_equal(table.count, count);
	}
	icmpkit_table_free(&table);
}

static void a_table_for_nothing_is_refused(void **state)
{
	struct icmpkit_table table;

	(void)state;
	assert_int_equal(icmpkit_table_init(&table, 0), ICMPKIT_ERR_RANGE);
	assert_int_equal(icmpkit_table_init(&table, SIZE_MAX), ICMPKIT_ERR_RANGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_table_refuses_and_counts),
		cmocka_unit_test(it_agrees_with_an_array_through_random_steps),
		cmocka_unit_test(a_table_for_nothing_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* The estimators against exact figures of the same values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/random.h"
#include "probe/estimator.h"

#define VALUES 20000

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a;
	int64_t y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void assert_within_a_128th(int64_t value, int64_t exact)
{
	int64_t error = value > exact ? value - exact : exact - value;

	assert_true(error <= exact / 128);
}

static void percentiles_are_exact_within_a_128th(void **state)
{
	static const unsigned int percents[] = {1, 10, 50, 90, 99, 100};
	struct icmpkit_estimator *estimator = calloc(1, sizeof(*estimator));
	int64_t *values = calloc(VALUES, sizeof(*values));
	struct icmpkit_random random;

	(void)state;
	assert_non_null(estimator);
	assert_non_null(values);
	icmpkit_random_init(&random, 5);
	for (size_t i = 0; i < VALUES; i++) { /* from 1 ns to an hour, as many in each power of two */
		uint64_t octave = icmpkit_random_below(&random, 41);

		values[i] = (int64_t)((UINT64_C(1) << octave) +
				      icmpkit_random_below(&random, UINT64_C(1) << octave));
		icmpkit_estimator_add(estimator, values[i]);
	}
	qsort(values, VALUES, sizeof(*values), compare);
	for (size_t i = 0; i < sizeof(percents) / sizeof(percents[0]); i++)
		assert_within_a_128th(icmpkit_estimator_percentile_ns(estimator, percents[i]),
				      values[VALUES * percents[i] / 100 - 1]);
	assert_true(estimator->min_ns == values[0] && estimator->max_ns == values[VALUES - 1]);
	free(values);
	free(estimator);
}

static void mean_and_deviation_are_those_of_the_textbook(void **state)
{
	static const int64_t values[] = {2000, 4000, 4000, 4000, 5000, 5000, 7000, 9000};
	struct icmpkit_estimator *estimator = calloc(1, sizeof(*estimator));

	(void)state;
	assert_non_null(estimator);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		icmpkit_estimator_add(estimator, values[i]);
	assert_true(icmpkit_estimator_mean_ns(estimator) == 5000);
	assert_true(icmpkit_estimator_stddev_ns(estimator) == 2000);
	free(estimator);
}

static void a_steady_path_has_no_deviation_and_no_jitter(void **state)
{
	struct icmpkit_estimator *estimator = calloc(1, sizeof(*estimator));

	(void)state;
	assert_non_null(estimator);
	for (int i = 0; i < 1000; i++)
		icmpkit_estimator_add(estimator, 123456789);
	assert_true(icmpkit_estimator_stddev_ns(estimator) == 0);
	assert_true(icmpkit_estimator_jitter_ns(estimator) == 0);
	assert_true(icmpkit_estimator_percentile_ns(estimator, 50) == 123456789);
	free(estimator);
}

static void jitter_follows_rfc_3550(void **state)
{
	struct icmpkit_estimator *estimator = calloc(1, sizeof(*estimator));

	(void)state;
	assert_non_null(estimator);
	icmpkit_estimator_add(estimator, 1000);
	icmpkit_estimator_add(estimator, 2600); /* J = 0 + (1600 - 0) / 16 */
	assert_true(icmpkit_estimator_jitter_ns(estimator) == 100);
	icmpkit_estimator_add(estimator, 2600); /* J = 100 + (0 - 100) / 16 */
	assert_true(icmpkit_estimator_jitter_ns(estimator) == 94);
	free(estimator);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(percentiles_are_exact_within_a_128th),
		cmocka_unit_test(mean_and_deviation_are_those_of_the_textbook),
		cmocka_unit_test(a_steady_path_has_no_deviation_and_no_jitter),
		cmocka_unit_test(jitter_follows_rfc_3550),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

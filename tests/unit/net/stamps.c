/* SPDX-License-Identifier: BSD-2-Clause */
/* Transmit stamps find their probes, and wrong ones find none; and the kernel counts as we believe it does.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "net/stamps.h"

static void each_stamp_finds_its_probe_once(void **state)
{
	struct icmpkit_stamps *stamps = calloc(1, sizeof(*stamps));
	uint64_t token = 0;

	(void)state;
	assert_non_null(stamps);
	for (uint64_t i = 0; i < 10; i++)
		icmpkit_stamps_sent(stamps, 100 + i, 1000);
	assert_true(icmpkit_stamps_take(stamps, 7, 1000, &token));
	assert_int_equal(token, 107);
	assert_false(icmpkit_stamps_take(stamps, 7, 1000, &token));
	assert_false(icmpkit_stamps_take(stamps, 10, 1000, &token));
	free(stamps);
}

static void a_stamp_from_before_the_send_or_long_after_is_not_its(void **state)
{
	struct icmpkit_stamps *stamps = calloc(1, sizeof(*stamps));
	uint64_t token = 0;

	(void)state;
	assert_non_null(stamps);
	icmpkit_stamps_sent(stamps, 1, 1000);
	assert_false(icmpkit_stamps_take(stamps, 0, 999, &token));
	assert_false(icmpkit_stamps_take(stamps, 0, 1001 + 2 * ICMPKIT_NS_PER_S, &token));
	assert_true(icmpkit_stamps_take(stamps, 0, 1000 + 2 * ICMPKIT_NS_PER_S, &token));
	free(stamps);
}

static void the_oldest_are_forgotten_first(void **state)
{
	struct icmpkit_stamps *stamps = calloc(1, sizeof(*stamps));
	uint64_t token = 0;

	(void)state;
	assert_non_null(stamps);
	for (uint64_t i = 0; i <= STAMPS_REMEMBERED; i++)
		icmpkit_stamps_sent(stamps, i, 0);
	assert_false(icmpkit_stamps_take(stamps, 0, 0, &token));
	assert_true(icmpkit_stamps_take(stamps, STAMPS_REMEMBERED, 0, &token));
	assert_int_equal(token, STAMPS_REMEMBERED);
	free(stamps);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_stamp_finds_its_probe_once),
		cmocka_unit_test(a_stamp_from_before_the_send_or_long_after_is_not_its),
		cmocka_unit_test(the_oldest_are_forgotten_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

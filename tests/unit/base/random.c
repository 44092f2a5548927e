/* SPDX-License-Identifier: BSD-2-Clause */
/* The keyed hash against its authors' vectors, and the generator's promises. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"

static void siphash_gives_its_authors_vectors(void **state)
{
	/* SipHash-2-4 of 00, 00 01, ... under the key 00 01 .. 0f (Aumasson, Bernstein 2012, appendix A). */
	static const struct {
		size_t len;
		uint64_t hash;
	} cases[] = {
		{0, UINT64_C(0x726fdb47dd0e0e31)},
		{1, UINT64_C(0x74f839c593dc67fd)},
		{8, UINT64_C(0x93f5f5799a932462)},
		{15, UINT64_C(0xa129ca6149be45e5)},
	};
	uint8_t bytes[16];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)i;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct icmpkit_bytes data = {bytes, cases[i].len};

		assert_true(icmpkit_siphash(bytes, data) == cases[i].hash);
	}
}

static void one_seed_gives_one_sequence(void **state)
{
	struct icmpkit_random a;
	struct icmpkit_random b;
	struct icmpkit_random c;
	unsigned int equal = 0;

	(void)state;
	icmpkit_random_init(&a, 42);
	icmpkit_random_init(&b, 42);
	icmpkit_random_init(&c, 43);
	for (int i = 0; i < 1000; i++) {
		uint64_t value = icmpkit_random_next(&a);

		assert_true(value == icmpkit_random_next(&b));
		equal += value == icmpkit_random_next(&c);
	}
	assert_int_equal(equal, 0);
}

static void every_value_below_the_bound_comes_about_equally_often(void **state)
{
	struct icmpkit_random random;
	unsigned int seen[6] = {0};

	(void)state;
	icmpkit_random_init(&random, 7);
	for (int i = 0; i < 60000; i++) {
		uint64_t value = icmpkit_random_below(&random, 6);

		assert_true(value < 6);
		seen[value]++;
	}
	for (int i = 0; i < 6; i++)
		assert_in_range(seen[i], 9500, 10500);
	assert_true(icmpkit_random_below(&random, 1) == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(siphash_gives_its_authors_vectors),
		cmocka_unit_test(one_seed_gives_one_sequence),
		cmocka_unit_test(every_value_below_the_bound_comes_about_equally_often),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* The Internet checksum against the examples of RFC 1071 and RFC 1624 and against the plain definition. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <icmpkit/checksum.h>

#include "exact.h"

/* RFC 1071 1, word by word. */
static uint16_t by_definition(struct icmpkit_bytes bytes)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < bytes.len; i++)
		sum += i % 2 == 0 ? (uint32_t)bytes.data[i] << 8 : bytes.data[i];
	while (sum > UINT16_MAX)
		sum = (sum & UINT16_MAX) + (sum >> 16);
	return (uint16_t)~sum;
}

/* A generator of bytes that is the same everywhere. */
static void fill(uint8_t *buf, size_t len, uint32_t seed)
{
	for (size_t i = 0; i < len; i++) {
		seed = seed * 1664525 + 1013904223;
		buf[i] = (uint8_t)(seed >> 24);
	}
}

static void the_example_of_rfc_1071_sums_to_ddf2(void **state)
{
	/* RFC 1071 3: 0001 f203 f4f5 f6f7 give ddf2 */
	struct icmpkit_bytes bytes = exact_hex("0001f203f4f5f6f7");

	(void)state;
	assert_int_equal(icmpkit_checksum(bytes), (uint16_t)~0xddf2);
	exact_free(bytes);
}

static void every_length_agrees_with_the_definition(void **state)
{
	uint8_t buf[300];

	(void)state;
	for (size_t len = 0; len <= sizeof(buf); len++) {
		struct icmpkit_bytes bytes;

		fill(buf, len, (uint32_t)len + 1);
		bytes = exact(buf, len);
		assert_int_equal(icmpkit_checksum(bytes), by_definition(bytes));
		exact_free(bytes);
	}
}

static void carries_are_never_lost(void **state)
{
	uint8_t *buf = malloc(65535);

	(void)state;
	assert_non_null(buf);
	memset(buf, 0xff, 65535);
	for (size_t len = 65500; len <= 65535; len++) {
		struct icmpkit_bytes bytes = {buf, len};

		assert_int_equal(icmpkit_checksum(bytes), by_definition(bytes));
	}
	free(buf);
}

static void a_sum_may_be_taken_in_even_pieces(void **state)
{
	uint8_t buf[101];
	struct icmpkit_bytes whole = {buf, sizeof(buf)};

	(void)state;
	fill(buf, sizeof(buf), 7);
	for (size_t cut = 0; cut <= 100; cut += 2) {
		uint64_t sum = icmpkit_checksum_add(0, (struct icmpkit_bytes){buf, cut});

		sum = icmpkit_checksum_add(sum, (struct icmpkit_bytes){buf + cut, sizeof(buf) - cut});
		assert_int_equal(icmpkit_checksum_finish(sum), icmpkit_checksum(whole));
	}
}

static void a_packet_with_its_checksum_in_place_sums_to_zero(void **state)
{
	/* an IPv4 header */
	struct icmpkit_bytes header = exact_hex("4500003c1c4640004006b1e6ac100a63ac100a0c");

	(void)state;
	assert_int_equal(icmpkit_checksum(header), 0);
	exact_free(header);
}

static void the_example_of_rfc_1624_updates_to_zero(void **state)
{
	(void)state;
	/* RFC 1624 4: HC = dd2f, m = 5555, m' = 3285 give 0000, where RFC 1141 gave ffff */
	assert_int_equal(icmpkit_checksum_update(0xdd2f, 0x5555, 0x3285), 0x0000);
}

static void an_update_equals_a_new_computation(void **state)
{
	uint8_t buf[64];

	(void)state;
	for (uint32_t seed = 0; seed < 500; seed++) {
		size_t at = (size_t)2 * (seed % 32);
		uint16_t old_word;
		uint16_t before;

		fill(buf, sizeof(buf), seed);
		before = icmpkit_checksum((struct icmpkit_bytes){buf, sizeof(buf)});
		old_word = (uint16_t)(buf[at] << 8 | buf[at + 1]);
		fill(buf + at, 2, seed ^ 0xabcdef);
		assert_int_equal(
			icmpkit_checksum_update(before, old_word, (uint16_t)(buf[at] << 8 | buf[at + 1])),
			icmpkit_checksum((struct icmpkit_bytes){buf, sizeof(buf)}));
	}
}

static void the_pseudo_headers_of_both_families_count(void **state)
{
	/* a UDP datagram of 12 bytes over each family; its checksum was computed by the definition */
	struct icmpkit_address v4_src = {.family = ICMPKIT_IPV4, .bytes = {192, 0, 2, 1}};
	struct icmpkit_address v4_dst = {.family = ICMPKIT_IPV4, .bytes = {198, 51, 100, 7}};
	struct icmpkit_address v6_src = {.family = ICMPKIT_IPV6, .bytes = {0x20, 1, 0xd, 0xb8, [15] = 1}};
	struct icmpkit_address v6_dst = {.family = ICMPKIT_IPV6,
					 .bytes = {0x20, 1, 0xd, 0xb8, 0, 1, [15] = 7}};
	struct icmpkit_bytes v4 = exact_hex("c0000201 c6336407 0011 000c");
	struct icmpkit_bytes v6 =
		exact_hex("20010db8000000000000000000000001 20010db8000100000000000000000007"
			  "0000000c 0000003a");

	(void)state;
	assert_int_equal(icmpkit_checksum_finish(icmpkit_checksum_pseudo(&v4_src, &v4_dst, 17, 12)),
			 by_definition(v4));
	assert_int_equal(icmpkit_checksum_finish(icmpkit_checksum_pseudo(&v6_src, &v6_dst, 58, 12)),
			 by_definition(v6));
	exact_free(v4);
	exact_free(v6);
}

static void a_word_can_be_found_for_any_wanted_checksum(void **state)
{
	uint8_t buf[40];

	(void)state;
	for (uint32_t wanted = 0; wanted <= UINT16_MAX; wanted += 251) {
		uint16_t word;
		uint16_t got;

		fill(buf, sizeof(buf), wanted);
		memset(buf + 2, 0, 2); /* the checksum field */
		memset(buf + 8, 0, 2); /* the word */
		word = icmpkit_checksum_compensate(
			icmpkit_checksum_add(0, (struct icmpkit_bytes){buf, sizeof(buf)}), (uint16_t)wanted);
		buf[8] = (uint8_t)(word >> 8);
		buf[9] = (uint8_t)word;
		got = icmpkit_checksum((struct icmpkit_bytes){buf, sizeof(buf)});
		/* 0 and ffff are the same number in one's complement */
		assert_int_equal(got % 0xffff, wanted % 0xffff);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_example_of_rfc_1071_sums_to_ddf2),
		cmocka_unit_test(every_length_agrees_with_the_definition),
		cmocka_unit_test(carries_are_never_lost),
		cmocka_unit_test(a_sum_may_be_taken_in_even_pieces),
		cmocka_unit_test(a_packet_with_its_checksum_in_place_sums_to_zero),
		cmocka_unit_test(the_example_of_rfc_1624_updates_to_zero),
		cmocka_unit_test(an_update_equals_a_new_computation),
		cmocka_unit_test(the_pseudo_headers_of_both_families_count),
		cmocka_unit_test(a_word_can_be_found_for_any_wanted_checksum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

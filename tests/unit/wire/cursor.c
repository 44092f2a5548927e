/* SPDX-License-Identifier: BSD-2-Clause */
/* The cursor: what is read and written in range, and what happens past the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "exact.h"
#include "wire/cursor.h"

static void numbers_are_read_in_network_order(void **state)
{
	struct icmpkit_bytes wire = exact_hex("01 0203 04050607 c0000201 ff");
	struct reader r = reader_of(wire);
	struct icmpkit_address address;

	(void)state;
	assert_int_equal(read_u8(&r), 1);
	assert_int_equal(read_u16(&r), 0x0203);
	assert_int_equal(read_u32(&r), 0x04050607);
	address = read_address(&r, ICMPKIT_IPV4);
	assert_int_equal(address.family, ICMPKIT_IPV4);
	assert_memory_equal(address.bytes, "\xc0\x00\x02\x01", 4);
	assert_int_equal(read_rest(&r).len, 1);
	assert_false(r.overrun);
	exact_free(wire);
}

static void a_read_past_the_end_gives_zero_and_stays_remembered(void **state)
{
	struct icmpkit_bytes wire = exact_hex("ffffff");
	struct reader r = reader_of(wire);

	(void)state;
	assert_int_equal(read_u32(&r), 0);
	assert_true(r.overrun);
	/* also what would have fitted */
	assert_int_equal(read_u8(&r), 0);
	assert_int_equal(read_u16(&r), 0);
	assert_int_equal(read_rest(&r).len, 0);
	assert_int_equal(read_address(&r, ICMPKIT_IPV6).family, ICMPKIT_FAMILY_NONE);
	assert_true(r.overrun);
	exact_free(wire);
}

static void a_length_near_the_largest_does_not_wrap(void **state)
{
	struct icmpkit_bytes wire = exact_hex("0102");
	struct reader r = reader_of(wire);

	(void)state;
	(void)read_u8(&r);
	assert_int_equal(read_bytes(&r, SIZE_MAX).len, 0);
	assert_true(r.overrun);
	exact_free(wire);
}

static void nothing_can_be_read_from_nothing(void **state)
{
	struct reader r = reader_of((struct icmpkit_bytes){0});

	(void)state;
	assert_int_equal(read_rest(&r).len, 0);
	assert_int_equal(read_bytes(&r, 0).len, 0);
	assert_false(r.overrun);
	assert_int_equal(read_u8(&r), 0);
	assert_true(r.overrun);
}

static void numbers_are_written_in_network_order(void **state)
{
	uint8_t *buf = malloc(11);
	struct writer w = writer_of(buf, 11);
	struct icmpkit_address address = {.family = ICMPKIT_IPV4, .bytes = {192, 0, 2, 1}};

	(void)state;
	assert_non_null(buf);
	write_u8(&w, 1);
	write_u16(&w, 0x0203);
	write_u32(&w, 0x04050607);
	write_address(&w, &address);
	assert_false(w.overflow);
	assert_int_equal(w.len, 11);
	assert_memory_equal(buf, "\x01\x02\x03\x04\x05\x06\x07\xc0\x00\x02\x01", 11);
	free(buf);
}

static void a_write_past_the_end_writes_nothing_and_stays_remembered(void **state)
{
	uint8_t *buf = calloc(1, 3);
	struct writer w = writer_of(buf, 3);

	(void)state;
	assert_non_null(buf);
	write_u16(&w, 0xffff);
	write_u16(&w, 0xffff);
	assert_true(w.overflow);
	write_u8(&w, 0xff);
	assert_true(w.overflow);
	assert_int_equal(w.len, 2);
	assert_int_equal(buf[2], 0);
	free(buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read_in_network_order),
		cmocka_unit_test(a_read_past_the_end_gives_zero_and_stays_remembered),
		cmocka_unit_test(a_length_near_the_largest_does_not_wrap),
		cmocka_unit_test(nothing_can_be_read_from_nothing),
		cmocka_unit_test(numbers_are_written_in_network_order),
		cmocka_unit_test(a_write_past_the_end_writes_nothing_and_stays_remembered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

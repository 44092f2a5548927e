/* SPDX-License-Identifier: BSD-2-Clause */
/* Ethernet frames with and without VLAN tags. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <icmpkit/ethernet.h>

#include "exact.h"

#define MACS "0a0b0c0d0e0f 020304050607 "

static void a_plain_frame_is_read(void **state)
{
	struct icmpkit_bytes wire = exact_hex(MACS "0800 4500");
	struct icmpkit_ethernet frame;

	(void)state;
	assert_int_equal(icmpkit_ethernet_parse(wire, &frame), 0);
	assert_memory_equal(frame.dst, "\x0a\x0b\x0c\x0d\x0e\x0f", 6);
	assert_memory_equal(frame.src, "\x02\x03\x04\x05\x06\x07", 6);
	assert_int_equal(frame.ether_type, 0x0800);
	assert_int_equal(frame.vlan_count, 0);
	assert_int_equal(frame.payload.len, 2);
	exact_free(wire);
}

static void up_to_four_tags_are_passed_from_the_outside_in(void **state)
{
	struct icmpkit_bytes wire = exact_hex(MACS "88a8e001 8100 0002 9100 0003 8100 0fff 86dd 60");
	struct icmpkit_ethernet frame;

	(void)state;
	assert_int_equal(icmpkit_ethernet_parse(wire, &frame), 0);
	assert_int_equal(frame.vlan_count, 4);
	assert_int_equal(frame.vlan_ids[0], 1); /* without priority bits */
	assert_int_equal(frame.vlan_ids[1], 2);
	assert_int_equal(frame.vlan_ids[2], 3);
	assert_int_equal(frame.vlan_ids[3], 4095);
	assert_int_equal(frame.ether_type, 0x86dd);
	assert_int_equal(frame.payload.len, 1);
	exact_free(wire);
}

static void a_fifth_tag_is_malformed(void **state)
{
	struct icmpkit_bytes wire = exact_hex(MACS "81000001 81000002 81000003 81000004 81000005 0800");
	struct icmpkit_ethernet frame;

	(void)state;
	assert_int_equal(icmpkit_ethernet_parse(wire, &frame), ICMPKIT_ERR_MALFORMED);
	exact_free(wire);
}

static void every_truncation_is_an_error(void **state)
{
	struct icmpkit_bytes wire = exact_hex(MACS "88a80001 81000002 0800");
	struct icmpkit_ethernet frame;

	(void)state;
	for (size_t len = 0; len < wire.len; len++) {
		struct icmpkit_bytes cut = exact(wire.data, len);

		assert_int_equal(icmpkit_ethernet_parse(cut, &frame), ICMPKIT_ERR_TRUNCATED);
		exact_free(cut);
	}
	assert_int_equal(icmpkit_ethernet_parse(wire, &frame), 0);
	assert_int_equal(frame.payload.len, 0);
	exact_free(wire);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_frame_is_read),
		cmocka_unit_test(up_to_four_tags_are_passed_from_the_outside_in),
		cmocka_unit_test(a_fifth_tag_is_malformed),
		cmocka_unit_test(every_truncation_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

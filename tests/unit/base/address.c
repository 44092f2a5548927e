/* SPDX-License-Identifier: BSD-2-Clause */
/* Addresses: what is read, what is refused, and how they are written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <icmpkit/address.h>

static const char *round_trip(const char *text, char buf[ICMPKIT_ADDRESS_TEXT_MAX])
{
	struct icmpkit_address address;

	assert_int_equal(icmpkit_address_parse(text, &address), 0);
	return icmpkit_address_format(&address, buf);
}

static void addresses_are_written_as_rfc_5952_prescribes(void **state)
{
	static const char *const cases[][2] = {
		{"192.0.2.1", "192.0.2.1"},
		{"0.0.0.0", "0.0.0.0"},
		{"255.255.255.255", "255.255.255.255"},
		{"::", "::"},
		{"::1", "::1"},
		{"1::", "1::"},
		{"2001:DB8::1", "2001:db8::1"},
		{"2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},	  /* 4.2.3: the first of equal runs */
		{"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"}, /* 4.2.2: not for one group */
		{"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},	  /* 4.2.3: the longest run */
		{"::ffff:192.0.2.128", "::ffff:192.0.2.128"},
		{"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
		{"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
		{"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"},
		{"fe80::1%7", "fe80::1%7"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char buf[ICMPKIT_ADDRESS_TEXT_MAX];

		assert_string_equal(round_trip(cases[i][0], buf), cases[i][1]);
	}
}

static void what_is_no_address_is_refused(void **state)
{
	static const char *const cases[] = {
		"",
		"1",
		"1.2.3",
		"1.2.3.4.5",
		"1.2.3.256",
		"1.2.3.-4",
		"01.2.3.4",
		"1.2.3.4 ",
		" 1.2.3.4",
		"1.2.3.4%1",
		":",
		":::",
		"1:",
		":1",
		"1::2::3",
		"1:2:3:4:5:6:7",
		"1:2:3:4:5:6:7:8:9",
		"1:2:3:4:5:6:7::8:9",
		"12345::",
		"g::",
		"::1%",
		"::1%x",
		"::1%4294967296",
		"::1.2.3",
		"1.2.3.4::",
		"1:2:3:4:5:6:7:1.2.3.4",
		"::1.2.3.4:5",
		"1:2:3:4:5:6:7:8::",
		"example.org",
		"fe80::1%eth0",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct icmpkit_address address;

		if (icmpkit_address_parse(cases[i], &address) != ICMPKIT_ERR_MALFORMED)
			fail_msg("\"%s\" was taken for an address", cases[i]);
	}
}

static struct icmpkit_address parsed(const char *text)
{
	struct icmpkit_address address;

	assert_int_equal(icmpkit_address_parse(text, &address), 0);
	return address;
}

static void scopes_count_only_where_both_addresses_have_one(void **state)
{
	struct icmpkit_address any = parsed("fe80::1");
	struct icmpkit_address on_7 = parsed("fe80::1%7");
	struct icmpkit_address on_8 = parsed("fe80::1%8");
	struct icmpkit_address other = parsed("fe80::2%7");

	(void)state;
	assert_true(icmpkit_address_equal(&any, &on_7));
	assert_true(icmpkit_address_equal(&on_8, &any));
	assert_false(icmpkit_address_equal(&on_7, &on_8));
	assert_false(icmpkit_address_equal(&on_7, &other));
}

static void addresses_of_two_families_are_never_equal(void **state)
{
	struct icmpkit_address v4 = parsed("0.0.0.0");
	struct icmpkit_address v6 = parsed("::");

	(void)state;
	assert_false(icmpkit_address_equal(&v4, &v6));
}

static void classes_follow_the_prefixes(void **state)
{
	struct icmpkit_address none = {0};
	struct icmpkit_address address;

	(void)state;
	address = parsed("239.1.2.3");
	assert_true(icmpkit_address_is_multicast(&address));
	address = parsed("240.0.0.1");
	assert_false(icmpkit_address_is_multicast(&address));
	address = parsed("ff02::1");
	assert_true(icmpkit_address_is_multicast(&address));
	address = parsed("127.9.9.9");
	assert_true(icmpkit_address_is_loopback(&address));
	address = parsed("::1");
	assert_true(icmpkit_address_is_loopback(&address));
	address = parsed("::2");
	assert_false(icmpkit_address_is_loopback(&address));
	address = parsed("febf::1");
	assert_true(icmpkit_address_is_link_local(&address));
	address = parsed("fec0::1");
	assert_false(icmpkit_address_is_link_local(&address));
	address = parsed("169.254.1.1");
	assert_true(icmpkit_address_is_link_local(&address));
	address = parsed("::");
	assert_true(icmpkit_address_is_unspecified(&address));
	assert_true(icmpkit_address_is_unspecified(&none));
}

static void no_address_is_written_as_a_dash(void **state)
{
	struct icmpkit_address none = {0};
	char buf[ICMPKIT_ADDRESS_TEXT_MAX];

	(void)state;
	assert_string_equal(icmpkit_address_format(&none, buf), "-");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_written_as_rfc_5952_prescribes),
		cmocka_unit_test(what_is_no_address_is_refused),
		cmocka_unit_test(scopes_count_only_where_both_addresses_have_one),
		cmocka_unit_test(addresses_of_two_families_are_never_equal),
		cmocka_unit_test(classes_follow_the_prefixes),
		cmocka_unit_test(no_address_is_written_as_a_dash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

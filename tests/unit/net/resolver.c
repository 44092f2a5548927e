/* SPDX-License-Identifier: BSD-2-Clause */
/* Address literals are read without asking anybody; what is none is refused with the resolver's words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <icmpkit/network.h>

static void literals_of_both_families_are_read(void **state)
{
	struct icmpkit_address address;
	char why[ICMPKIT_NETWORK_WHY_MAX] = "";
	char buf[ICMPKIT_ADDRESS_TEXT_MAX];

	(void)state;
	assert_int_equal(icmpkit_resolve("192.0.2.1", ICMPKIT_FAMILY_NONE, &address, 1, why), 1);
	assert_string_equal(icmpkit_address_format(&address, buf), "192.0.2.1");
	assert_int_equal(icmpkit_resolve("2001:db8::1", ICMPKIT_IPV6, &address, 1, why), 1);
	assert_string_equal(icmpkit_address_format(&address, buf), "2001:db8::1");
	assert_int_equal(icmpkit_resolve("fe80::1%lo", ICMPKIT_FAMILY_NONE, &address, 1, why), 1);
	assert_int_equal(address.scope_id, 1); /* the loopback interface is the first of every system */
}

static void a_literal_of_the_other_family_is_refused(void **state)
{
	struct icmpkit_address address;
	char why[ICMPKIT_NETWORK_WHY_MAX] = "";

	(void)state;
	assert_int_equal(icmpkit_resolve("192.0.2.1", ICMPKIT_IPV6, &address, 1, why), ICMPKIT_ERR_RANGE);
	assert_string_equal(why, "this is an IPv4 address");
}

static void what_cannot_be_a_name_is_refused_with_the_reason(void **state)
{
	struct icmpkit_address address;
	char why[ICMPKIT_NETWORK_WHY_MAX] = "";

	(void)state;
	assert_int_equal(icmpkit_resolve("no name has spaces", ICMPKIT_FAMILY_NONE, &address, 1, why),
			 ICMPKIT_ERR_RANGE);
	assert_true(strlen(why) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(literals_of_both_families_are_read),
		cmocka_unit_test(a_literal_of_the_other_family_is_refused),
		cmocka_unit_test(what_cannot_be_a_name_is_refused_with_the_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

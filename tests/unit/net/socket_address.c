/* SPDX-License-Identifier: BSD-2-Clause */
/* Our addresses and the kernel's, there and back. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "net/socket_address.h"

static void addresses_of_both_families_go_there_and_back(void **state)
{
	static const struct {
		const char *text;
		sa_family_t family;
		socklen_t len;
	} cases[] = {
		{"0.0.0.0", AF_INET, sizeof(struct sockaddr_in)},
		{"192.0.2.1", AF_INET, sizeof(struct sockaddr_in)},
		{"::", AF_INET6, sizeof(struct sockaddr_in6)},
		{"2001:db8::1", AF_INET6, sizeof(struct sockaddr_in6)},
		{"fe80::1%7", AF_INET6, sizeof(struct sockaddr_in6)},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct icmpkit_address address;
		struct sockaddr_storage storage;
		uint16_t port = 0;
		char text[ICMPKIT_ADDRESS_TEXT_MAX];

		assert_int_equal(icmpkit_address_parse(cases[i].text, &address), 0);
		memset(&storage, 0xff, sizeof(storage));
		assert_int_equal(icmpkit_socket_address_to(&address, 0x1234, &storage), cases[i].len);
		assert_int_equal(storage.ss_family, cases[i].family);
		struct icmpkit_address back =
			icmpkit_socket_address_from((const struct sockaddr *)&storage, &port);

		assert_string_equal(icmpkit_address_format(&back, text), cases[i].text);
		assert_int_equal(port, 0x1234);
		back = icmpkit_socket_address_from((const struct sockaddr *)&storage, NULL);
		assert_true(icmpkit_address_equal(&back, &address));
	}
}

static void ports_and_addresses_stand_in_network_order(void **state)
{
	struct icmpkit_address address;
	struct sockaddr_storage storage;
	struct sockaddr_in v4;

	(void)state;
	assert_int_equal(icmpkit_address_parse("192.0.2.1", &address), 0);
	assert_int_equal(icmpkit_socket_address_to(&address, 80, &storage), sizeof(v4));
	memcpy(&v4, &storage, sizeof(v4));
	assert_int_equal(ntohs(v4.sin_port), 80);
	assert_true(ntohl(v4.sin_addr.s_addr) == 0xc0000201);
}

/* A kernel tells the interface of global addresses too; of ours a scope belongs to link-local ones only. */
static void the_scope_counts_for_link_local_addresses_only(void **state)
{
	struct sockaddr_in6 v6 = {
		.sin6_family = AF_INET6,
		.sin6_addr.s6_addr = {0x20, 0x01, 0x0d, 0xb8},
		.sin6_scope_id = 3,
	};
	struct sockaddr_storage storage = {0};

	(void)state;
	memcpy(&storage, &v6, sizeof(v6));
	assert_int_equal(icmpkit_socket_address_from((const struct sockaddr *)&storage, NULL).scope_id, 0);
	v6.sin6_addr.s6_addr[0] = 0xfe;
	v6.sin6_addr.s6_addr[1] = 0x80;
	memcpy(&storage, &v6, sizeof(v6));
	assert_int_equal(icmpkit_socket_address_from((const struct sockaddr *)&storage, NULL).scope_id, 3);
}

static void an_address_of_another_family_is_none(void **state)
{
	struct sockaddr_storage storage = {.ss_family = AF_UNIX};
	uint16_t port = 7;

	(void)state;
	assert_int_equal(icmpkit_socket_address_from((const struct sockaddr *)&storage, &port).family,
			 ICMPKIT_FAMILY_NONE);
	assert_int_equal(port, 7);
	storage.ss_family = AF_UNSPEC;
	assert_int_equal(icmpkit_socket_address_from((const struct sockaddr *)&storage, NULL).family,
			 ICMPKIT_FAMILY_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_of_both_families_go_there_and_back),
		cmocka_unit_test(ports_and_addresses_stand_in_network_order),
		cmocka_unit_test(the_scope_counts_for_link_local_addresses_only),
		cmocka_unit_test(an_address_of_another_family_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

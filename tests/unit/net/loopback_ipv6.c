/* SPDX-License-Identifier: BSD-2-Clause */
/* The same over IPv6, where there is IPv6. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "net/loopback.h"
#include "skipped.h"

/* Does the loopback interface have its IPv6 address? */
static bool has_ipv6(void)
{
	struct icmpkit_address address;
	struct sockaddr_storage own;
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || icmpkit_address_parse("::1", &address) < 0)
		return false;
	socklen_t len = icmpkit_socket_address_to(&address, 0, &own);
	bool is_there = bind(fd, (const struct sockaddr *)&own, len) == 0;

	(void)close(fd);
	return is_there;
}

static void a_closed_port_of_ipv6_is_told_through_the_error_queue(void **state)
{
	(void)state;
	a_closed_port_is_told_through_the_error_queue(ICMPKIT_IPV6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_closed_port_of_ipv6_is_told_through_the_error_queue),
	};

	if (!has_ipv6())
		return skipped("this system has no IPv6");
	return cmocka_run_group_tests(tests, NULL, NULL);
}

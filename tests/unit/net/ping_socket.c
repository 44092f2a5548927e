/* SPDX-License-Identifier: BSD-2-Clause */
/* The ping socket, where the system allows one. */
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "net/loopback.h"
#include "skipped.h"

/* Does net.ipv4.ping_group_range allow it? */
static bool has_ping_sockets(void)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_ICMP);

	if (fd >= 0)
		(void)close(fd);
	return fd >= 0;
}

static void a_ping_socket_gives_the_identifier_and_takes_the_reply(void **state)
{
	struct icmpkit_address target = loopback(ICMPKIT_IPV4);
	struct icmpkit_network_options opt = unprivileged();
	struct icmpkit_network *network;
	char why[ICMPKIT_NETWORK_WHY_MAX] = "";

	(void)state;
	opt.ipv4 = true;
	opt.icmp = true;
	assert_int_equal(icmpkit_network_open(&network, &opt, why), 0);
	struct icmpkit_probe_identity identity = identity_of(network, &target);
	const uint8_t request[16] = {
		ICMPKIT_V4_ECHO_REQUEST,      0,    0,	  0,  (uint8_t)(identity.identifier >> 8),
		(uint8_t)identity.identifier, 0x12, 0x34, 'd'};

	assert_true(identity.identifier != 0);
	assert_string_equal(icmpkit_network_way(network, ICMPKIT_IPV4, ICMPKIT_METHOD_ICMP), "ping socket");
	send_probe(network,
		   (struct icmpkit_probe){.method = ICMPKIT_METHOD_ICMP,
					  .to = target,
					  .traffic_class = -1,
					  .len = sizeof(request)},
		   5, request);
	struct icmpkit_arrival arrival = next_arrival(network, ICMPKIT_ARRIVAL_ICMP);

	assert_int_equal(arrival.message.kind, ICMPKIT_KIND_ECHO_REPLY);
	assert_int_equal(arrival.message.echo.identifier, identity.identifier);
	assert_int_equal(arrival.message.echo.sequence, 0x1234);
	assert_int_equal(arrival.message.payload.len, 8);
	assert_true(arrival.hop_limit > 0);
	icmpkit_network_close(network);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ping_socket_gives_the_identifier_and_takes_the_reply),
	};

	if (!has_ping_sockets())
		return skipped("this system allows no ping sockets (net.ipv4.ping_group_range)");
	return cmocka_run_group_tests(tests, NULL, NULL);
}

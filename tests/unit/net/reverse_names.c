/* SPDX-License-Identifier: BSD-2-Clause */
/* Reverse names: pending at first, then known or none. Only the hosts file is asked, no name server. */
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <nss.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <icmpkit/network.h>

#define LONG_NS (INT64_C(3600) * ICMPKIT_NS_PER_S)

static struct icmpkit_reverse_names *start(size_t entries_max)
{
	struct icmpkit_reverse_names *names;

	assert_int_equal(__nss_configure_lookup("hosts", "files"), 0);
	assert_int_equal(icmpkit_reverse_names_new(&names, entries_max), 0);
	return names;
}

static struct icmpkit_address made_address(const char *text)
{
	struct icmpkit_address address;

	assert_int_equal(icmpkit_address_parse(text, &address), 0);
	return address;
}

/* What the hosts file calls this host; false: it does not. */
static bool loopback_name(char name[NI_MAXHOST])
{
	struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

	return getnameinfo((const struct sockaddr *)&v4, sizeof(v4), name, NI_MAXHOST, NULL, 0,
			   NI_NAMEREQD) == 0;
}

static void a_name_is_pending_until_it_is_known(void **state)
{
	struct icmpkit_reverse_names *names = start(4);
	struct icmpkit_address loopback = made_address("127.0.0.1");
	char expected[NI_MAXHOST] = "";
	char name[NI_MAXHOST] = "";

	(void)state;
	/* Asked for the first time, it cannot be known: nobody has looked yet. */
	assert_int_equal(icmpkit_reverse_names_get(names, &loopback, name, sizeof(name)), -EAGAIN);
	icmpkit_reverse_names_wait(names, LONG_NS);
	bool has_name = loopback_name(expected);

	assert_int_equal(icmpkit_reverse_names_get(names, &loopback, name, sizeof(name)), has_name);
	assert_string_equal(name, expected);
	icmpkit_reverse_names_free(names);
}

static void a_name_that_does_not_fit_is_none(void **state)
{
	struct icmpkit_reverse_names *names = start(4);
	struct icmpkit_address loopback = made_address("127.0.0.1");
	char name[1] = "x";

	(void)state;
	assert_int_equal(icmpkit_reverse_names_get(names, &loopback, name, sizeof(name)), -EAGAIN);
	icmpkit_reverse_names_wait(names, LONG_NS);
	assert_int_equal(icmpkit_reverse_names_get(names, &loopback, name, sizeof(name)), 0);
	assert_int_equal(name[0], 'x');
	icmpkit_reverse_names_free(names);
}

static void an_address_without_a_name_has_none_for_good(void **state)
{
	struct icmpkit_reverse_names *names = start(4);
	struct icmpkit_address v4 = made_address("192.0.2.1");
	struct icmpkit_address v6 = made_address("2001:db8::1");
	char name[NI_MAXHOST] = "untouched";

	(void)state;
	assert_int_equal(icmpkit_reverse_names_get(names, &v4, name, sizeof(name)), -EAGAIN);
	assert_int_equal(icmpkit_reverse_names_get(names, &v6, name, sizeof(name)), -EAGAIN);
	icmpkit_reverse_names_wait(names, LONG_NS);
	assert_int_equal(icmpkit_reverse_names_get(names, &v4, name, sizeof(name)), 0);
	assert_int_equal(icmpkit_reverse_names_get(names, &v6, name, sizeof(name)), 0);
	assert_string_equal(name, "untouched");
	icmpkit_reverse_names_free(names);
}

static void there_is_room_for_so_many_addresses_and_no_more(void **state)
{
	struct icmpkit_reverse_names *names = start(1);
	struct icmpkit_address first = made_address("192.0.2.1");
	struct icmpkit_address second = made_address("192.0.2.2");
	char name[NI_MAXHOST];

	(void)state;
	assert_int_equal(icmpkit_reverse_names_get(names, &first, name, sizeof(name)), -EAGAIN);
	assert_int_equal(icmpkit_reverse_names_get(names, &second, name, sizeof(name)), 0);
	icmpkit_reverse_names_wait(names, LONG_NS);
	assert_int_equal(icmpkit_reverse_names_get(names, &first, name, sizeof(name)), 0);
	icmpkit_reverse_names_free(names);
}

static void waiting_ends_at_once_where_nothing_was_asked(void **state)
{
	struct icmpkit_reverse_names *names = start(1);

	(void)state;
	icmpkit_reverse_names_wait(names, LONG_NS);
	icmpkit_reverse_names_wait(names, 0);
	icmpkit_reverse_names_free(names);
	icmpkit_reverse_names_free(NULL);
}

static void names_may_be_given_up_while_they_are_looked_up(void **state)
{
	char name[NI_MAXHOST];

	(void)state;
	for (uint8_t i = 0; i < 50; i++) {
		struct icmpkit_reverse_names *names = start(64);

		for (uint8_t j = 0; j < 50; j++) {
			uint8_t bytes[4] = {192, 0, 2, j};
			struct icmpkit_address address = icmpkit_address_from_bytes(ICMPKIT_IPV4, bytes);

			assert_int_equal(icmpkit_reverse_names_get(names, &address, name, sizeof(name)),
					 -EAGAIN);
		}
		icmpkit_reverse_names_free(names);
	}
}

static void the_signals_of_the_caller_stay_as_they_are(void **state)
{
	sigset_t before;
	sigset_t after;

	(void)state;
	assert_int_equal(pthread_sigmask(SIG_SETMASK, NULL, &before), 0);
	struct icmpkit_reverse_names *names = start(1);

	assert_int_equal(pthread_sigmask(SIG_SETMASK, NULL, &after), 0);
	for (int i = 1; i < SIGRTMIN; i++)
		assert_int_equal(sigismember(&before, i), sigismember(&after, i));
	icmpkit_reverse_names_free(names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_pending_until_it_is_known),
		cmocka_unit_test(a_name_that_does_not_fit_is_none),
		cmocka_unit_test(an_address_without_a_name_has_none_for_good),
		cmocka_unit_test(there_is_room_for_so_many_addresses_and_no_more),
		cmocka_unit_test(waiting_ends_at_once_where_nothing_was_asked),
		cmocka_unit_test(names_may_be_given_up_while_they_are_looked_up),
		cmocka_unit_test(the_signals_of_the_caller_stay_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

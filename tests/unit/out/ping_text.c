/* SPDX-License-Identifier: BSD-2-Clause */
/* Ping for people: every line that there can be, whole. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "made_names.h"
#include "page.h"

#include <icmpkit/numbers.h>

#include "out/format.h"

static const struct icmpkit_shown plain;

static struct icmpkit_subject subject(const char *name, const char *address)
{
	return (struct icmpkit_subject){name, made_address(address)};
}

static struct icmpkit_ping_event event(enum icmpkit_ping_event_kind kind, const char *from)
{
	return (struct icmpkit_ping_event){
		.kind = kind,
		.sequence = 7,
		.from = made_address(from),
		.rtt_ns = 1234567,
		.clock = ICMPKIT_CLOCK_KERNEL,
		.bytes = 64,
		.hop_limit = 57,
	};
}

static void put(struct page *page, const struct icmpkit_shown *shown, const struct icmpkit_ping_event *e)
{
	struct icmpkit_subject target =
		subject("server", e->from.family == ICMPKIT_IPV6 ? "2001:db8::9" : "192.0.2.9");

	icmpkit_ping_text.event(&page->text, shown, &target, 1, e);
}

static struct icmpkit_ping_statistics statistics(uint64_t sent, uint64_t received)
{
	struct icmpkit_ping_statistics s = {
		.sent = sent,
		.received = received,
		.lost = sent - received,
		.rtt_min_ns = ICMPKIT_NEVER_NS,
		.rtt_mean_ns = ICMPKIT_NEVER_NS,
		.rtt_max_ns = ICMPKIT_NEVER_NS,
		.rtt_stddev_ns = ICMPKIT_NEVER_NS,
		.rtt_p50_ns = ICMPKIT_NEVER_NS,
		.rtt_p90_ns = ICMPKIT_NEVER_NS,
		.rtt_p99_ns = ICMPKIT_NEVER_NS,
		.jitter_ns = ICMPKIT_NEVER_NS,
		.elapsed_ns = 4005499999,
	};

	if (received == 0)
		return s;
	s.rtt_min_ns = 36000;
	s.rtt_mean_ns = 41499;
	s.rtt_max_ns = 1050500;
	s.rtt_stddev_ns = 500;
	s.rtt_p50_ns = 40000;
	s.rtt_p90_ns = 50000;
	s.rtt_p99_ns = 1049999;
	s.jitter_ns = 2500;
	return s;
}

static void the_first_line_names_one_target_and_counts_several(void **state)
{
	struct icmpkit_subject targets[] = {subject("server", "2001:db8::9"), subject("b", "192.0.2.1")};
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_ping_text.begin(&page.text, targets, 1, 56);
	ASSERT_PAGE(&page, "PING server (2001:db8::9) 56 data bytes\n");
	icmpkit_ping_text.begin(&page.text, targets, 2, 0);
	ASSERT_PAGE(&page, "PING 2 targets, 0 data bytes\n");
}

static void every_kind_of_event_has_its_line(void **state)
{
	static const struct {
		enum icmpkit_ping_event_kind kind;
		const char *line;
	} cases[] = {
		{ICMPKIT_PING_REPLY, "64 bytes from 192.0.2.9: icmp_seq=7 ttl=57 time=1.235 ms\n"},
		{ICMPKIT_PING_DUPLICATE, "64 bytes from 192.0.2.9: icmp_seq=7 ttl=57 time=1.235 ms (DUP!)\n"},
		{ICMPKIT_PING_LATE, "64 bytes from 192.0.2.9: icmp_seq=7 ttl=57 time=1.235 ms (late)\n"},
		{ICMPKIT_PING_ERROR, "From 192.0.2.9 icmp_seq=7 unknown\n"}, /* the type 99 */
		{ICMPKIT_PING_SEND_FAILED, "Not sent: icmp_seq=7, Operation not permitted\n"},
		{ICMPKIT_PING_TIMEOUT, "No reply: icmp_seq=7\n"},
	};
	struct page page;

	(void)state;
	page_open(&page);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct icmpkit_ping_event e = event(cases[i].kind, "192.0.2.9");

		e.icmp_type = 99;
		e.error = -EPERM;
		put(&page, &plain, &e);
		ASSERT_PAGE(&page, cases[i].line);
	}
}

static void what_is_odd_about_a_reply_is_said_behind_it(void **state)
{
	struct icmpkit_ping_event e = event(ICMPKIT_PING_DUPLICATE, "2001:db8::9");
	struct page page;

	(void)state;
	page_open(&page);
	e.clock = ICMPKIT_CLOCK_USER;
	e.corrupt = true;
	put(&page, &plain, &e);
	ASSERT_PAGE(&page,
		    "64 bytes from 2001:db8::9: icmp_seq=7 ttl=57 time=1.235 ms (user-space clock) (DUP!)"
		    " (data changed on the way)\n");
	e = event(ICMPKIT_PING_REPLY, "fe80::1%2");
	e.hop_limit = -1;
	e.sequence = UINT64_MAX;
	put(&page, &plain, &e);
	ASSERT_PAGE(&page, "64 bytes from fe80::1%2: icmp_seq=18446744073709551615 time=1.235 ms\n");
}

static void errors_of_both_families_are_named(void **state)
{
	struct icmpkit_ping_event v4 = event(ICMPKIT_PING_ERROR, "10.0.2.1");
	struct icmpkit_ping_event v6 = event(ICMPKIT_PING_ERROR, "2001:db8::1");
	struct page page;

	(void)state;
	page_open(&page);
	v4.icmp_type = ICMPKIT_V4_DESTINATION_UNREACHABLE;
	v4.icmp_code = ICMPKIT_V4_HOST_UNREACHABLE;
	v6.icmp_type = ICMPKIT_V6_DESTINATION_UNREACHABLE;
	v6.icmp_code = ICMPKIT_V6_ADDRESS_UNREACHABLE;
	put(&page, &plain, &v4);
	put(&page, &plain, &v6);
	ASSERT_PAGE(&page, "From 10.0.2.1 icmp_seq=7 host unreachable\n"
			   "From 2001:db8::1 icmp_seq=7 address unreachable\n");
}

static void of_an_error_whose_sender_is_unknown_the_target_tells_the_family(void **state)
{
	struct icmpkit_ping_event e = event(ICMPKIT_PING_ERROR, NULL);
	struct page page;

	(void)state;
	page_open(&page);
	e.icmp_type = ICMPKIT_V4_DESTINATION_UNREACHABLE;
	e.icmp_code = ICMPKIT_V4_HOST_UNREACHABLE;
	put(&page, &plain, &e);
	ASSERT_PAGE(&page, "From - icmp_seq=7 host unreachable\n");
}

static void events_of_several_targets_begin_with_the_name(void **state)
{
	struct icmpkit_subject targets[] = {subject("one", "192.0.2.1"), subject("two", "192.0.2.2")};
	struct icmpkit_ping_event e = event(ICMPKIT_PING_TIMEOUT, "192.0.2.2");
	struct page page;

	(void)state;
	page_open(&page);
	e.target = 1;
	icmpkit_ping_text.event(&page.text, &plain, targets, 2, &e);
	ASSERT_PAGE(&page, "two: No reply: icmp_seq=7\n");
}

static void a_time_stands_in_front_where_it_is_wanted_and_nothing_where_quiet_is(void **state)
{
	struct icmpkit_ping_event e = event(ICMPKIT_PING_TIMEOUT, "192.0.2.2");
	struct page page;

	(void)state;
	page_open(&page);
	put(&page, &(struct icmpkit_shown){.has_timestamps = true}, &e);
	ASSERT_PAGE(&page, "[NOW] No reply: icmp_seq=7\n");
	put(&page, &(struct icmpkit_shown){.has_timestamps = true, .is_quiet = true}, &e);
	ASSERT_PAGE(&page, "");
}

static void names_stand_in_front_of_addresses(void **state)
{
	struct icmpkit_reverse_names names = {"router.example"};
	struct icmpkit_shown shown = {.names = &names};
	struct icmpkit_ping_event e = event(ICMPKIT_PING_REPLY, "192.0.2.9");
	struct page page;

	(void)state;
	page_open(&page);
	put(&page, &shown, &e);
	e.kind = ICMPKIT_PING_ERROR;
	e.icmp_type = ICMPKIT_V4_TIME_EXCEEDED;
	put(&page, &shown, &e);
	ASSERT_PAGE(&page, "64 bytes from router.example (192.0.2.9): icmp_seq=7 ttl=57 time=1.235 ms\n"
			   "From router.example (192.0.2.9) icmp_seq=7 time to live exceeded in transit\n");
}

static void hostile_names_are_escaped_wherever_they_stand(void **state)
{
	struct icmpkit_reverse_names names = {HOSTILE_NAME};
	struct icmpkit_shown shown = {.names = &names};
	struct icmpkit_subject targets[] = {subject(HOSTILE_NAME, "192.0.2.1"), subject("b", "192.0.2.2")};
	struct icmpkit_ping_event e = event(ICMPKIT_PING_REPLY, "192.0.2.1");
	struct icmpkit_ping_statistics s = statistics(1, 0);
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_ping_text.begin(&page.text, targets, 1, 56);
	icmpkit_ping_text.event(&page.text, &shown, targets, 2, &e);
	icmpkit_ping_text.status(&page.text, targets, &s);
	icmpkit_ping_text.summary(&page.text, targets, 1, &s);
	icmpkit_ping_text.summary(&page.text, targets, 2, &s);
	ASSERT_PAGE(&page,
		    "PING " HOSTILE_NAME_IN_TEXT " (192.0.2.1) 56 data bytes\n" HOSTILE_NAME_IN_TEXT
		    ": 64 bytes from " HOSTILE_NAME_IN_TEXT
		    " (192.0.2.1): icmp_seq=7 ttl=57 time=1.235 ms\n" HOSTILE_NAME_IN_TEXT
		    ": 0/1 packets, 100% loss\n"
		    "\n--- " HOSTILE_NAME_IN_TEXT " ping statistics ---\n"
		    "1 packets transmitted, 0 received, 100% packet loss, time 4005ms\n" HOSTILE_NAME_IN_TEXT
		    " 1 0  100%\n");
}

static void the_status_is_one_line(void **state)
{
	struct icmpkit_subject target = subject("server", "192.0.2.9");
	struct icmpkit_ping_statistics s = statistics(5, 4);
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_ping_text.status(&page.text, &target, &s);
	s = statistics(0, 0);
	icmpkit_ping_text.status(&page.text, &target, &s);
	ASSERT_PAGE(&page, "server: 4/5 packets, 20% loss, min/avg/max = 0.036/0.041/1.051 ms\n"
			   "server: 0/0 packets, 0% loss\n");
}

static void the_summary_of_one_target_has_times_only_where_there_was_a_reply(void **state)
{
	struct icmpkit_subject target = subject("server", "192.0.2.9");
	struct icmpkit_ping_statistics s = statistics(5, 5);
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_ping_text.end(&page.text, 1);
	icmpkit_ping_text.summary(&page.text, &target, 1, &s);
	ASSERT_PAGE(&page, "\n--- server ping statistics ---\n"
			   "5 packets transmitted, 5 received, 0% packet loss, time 4005ms\n"
			   "rtt min/avg/max/mdev = 0.036/0.041/1.051/0.001 ms\n"
			   "rtt p50/p90/p99 = 0.040/0.050/1.050 ms, jitter 0.003 ms\n");
	s = statistics(5, 0);
	icmpkit_ping_text.summary(&page.text, &target, 1, &s);
	ASSERT_PAGE(&page, "\n--- server ping statistics ---\n"
			   "5 packets transmitted, 0 received, 100% packet loss, time 4005ms\n");
}

static void the_summary_counts_whatever_was_out_of_order(void **state)
{
	struct icmpkit_subject target = subject("server", "192.0.2.9");
	struct icmpkit_ping_statistics s = statistics(3, 1);
	struct page page;

	(void)state;
	page_open(&page);
	s.duplicates = 2;
	s.late = 3;
	s.corrupt = 4;
	s.errors = 1;
	s.send_failures = 1;
	s.clock_user = 1;
	icmpkit_ping_text.summary(&page.text, &target, 1, &s);
	ASSERT_PAGE(&page,
		    "\n--- server ping statistics ---\n"
		    "3 packets transmitted, 1 received, +2 duplicates, +3 late, +4 corrupted, +1 errors, "
		    "+1 not sent, 66.667% packet loss, time 4005ms\n"
		    "rtt min/avg/max/mdev = 0.036/0.041/1.051/0.001 ms\n"
		    "rtt p50/p90/p99 = 0.040/0.050/1.050 ms, jitter 0.003 ms\n"
		    "1 of the times rests on the user-space clock\n");
}

static void the_loss_has_as_many_digits_as_it_needs(void **state)
{
	static const struct {
		uint64_t sent;
		uint64_t received;
		const char *line;
	} cases[] = {
		{3, 2, "s: 2/3 packets, 33.333% loss"},
		{8, 7, "s: 7/8 packets, 12.5% loss"},
		{10, 1, "s: 1/10 packets, 90% loss"},
		{100000, 99999, "s: 99999/100000 packets, 0.001% loss"},
		{400, 399, "s: 399/400 packets, 0.25% loss"},
	};
	struct icmpkit_subject target = subject("s", "192.0.2.9");
	struct page page;

	(void)state;
	page_open(&page);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct icmpkit_ping_statistics s = statistics(cases[i].sent, cases[i].received);

		icmpkit_ping_text.status(&page.text, &target, &s);
		page.buf[strcspn(page.buf, "%")] = '\0';
		assert_memory_equal(page.buf, cases[i].line, strlen(page.buf));
		page_open(&page);
	}
}

static void the_summary_of_several_targets_is_a_table(void **state)
{
	struct icmpkit_subject targets[] = {subject("server", "192.0.2.9"), subject("b", "192.0.2.1")};
	struct icmpkit_ping_statistics s = statistics(12345, 12000);
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_ping_text.end(&page.text, 2);
	icmpkit_ping_text.summary(&page.text, &targets[0], 2, &s);
	s = statistics(5, 0);
	icmpkit_ping_text.summary(&page.text, &targets[1], 2, &s);
	ASSERT_PAGE(&page, "\n"
			   "target                           sent   recv  loss     rtt min/avg/max ms\n"
			   "server                          12345  12000  2.795%   0.036/0.041/1.051\n"
			   "b                                   5      0  100%\n");
}

static void a_name_too_long_for_the_table_stays_apart_from_the_numbers(void **state)
{
	struct icmpkit_subject target = subject(LONGEST_IPV6, LONGEST_IPV6);
	struct icmpkit_ping_statistics s = statistics(5, 5);
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_ping_text.summary(&page.text, &target, 2, &s);
	ASSERT_PAGE(&page, LONGEST_IPV6 " 5  5  0%       0.036/0.041/1.051\n");
}

static void summaries_and_status_of_long_addresses_fit_80_columns(void **state)
{
	struct icmpkit_subject target = subject(LONGEST_IPV6, LONGEST_IPV6);
	struct icmpkit_ping_statistics s = statistics(99999, 99998);
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_ping_text.end(&page.text, 2);
	icmpkit_ping_text.summary(&page.text, &target, 2, &s);
	icmpkit_ping_text.summary(&page.text, &target, 1, &s);
	assert_true(widest_line(page.buf) <= 80);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_line_names_one_target_and_counts_several),
		cmocka_unit_test(every_kind_of_event_has_its_line),
		cmocka_unit_test(what_is_odd_about_a_reply_is_said_behind_it),
		cmocka_unit_test(errors_of_both_families_are_named),
		cmocka_unit_test(of_an_error_whose_sender_is_unknown_the_target_tells_the_family),
		cmocka_unit_test(events_of_several_targets_begin_with_the_name),
		cmocka_unit_test(a_time_stands_in_front_where_it_is_wanted_and_nothing_where_quiet_is),
		cmocka_unit_test(names_stand_in_front_of_addresses),
		cmocka_unit_test(hostile_names_are_escaped_wherever_they_stand),
		cmocka_unit_test(the_status_is_one_line),
		cmocka_unit_test(the_summary_of_one_target_has_times_only_where_there_was_a_reply),
		cmocka_unit_test(the_summary_counts_whatever_was_out_of_order),
		cmocka_unit_test(the_loss_has_as_many_digits_as_it_needs),
		cmocka_unit_test(the_summary_of_several_targets_is_a_table),
		cmocka_unit_test(a_name_too_long_for_the_table_stays_apart_from_the_numbers),
		cmocka_unit_test(summaries_and_status_of_long_addresses_fit_80_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

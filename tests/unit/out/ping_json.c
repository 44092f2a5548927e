/* SPDX-License-Identifier: BSD-2-Clause */
/* Ping for programs: every line of docs/json.md, whole. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "page.h"

#include <icmpkit/numbers.h>

#include "out/format.h"

/* The hostile name of page.h: escaped as JSON wants it, the byte that is no UTF-8 replaced. */
#define HOSTILE_NAME_IN_JSON "a\\u001b[2Jb\\u000ac\\u009b\\u200f\\ufffd\\\\"
#define HEAD_OF(type, address)                                                                               \
	"{\"type\":\"" type "\",\"time\":\"NOW\",\"target\":\"server\",\"address\":\"" address "\","
#define HEAD(type) HEAD_OF(type, "192.0.2.9")

static const struct icmpkit_shown plain;

static struct icmpkit_subject server(void)
{
	return (struct icmpkit_subject){"server", made_address("192.0.2.9")};
}

static struct icmpkit_ping_event event(enum icmpkit_ping_event_kind kind)
{
	return (struct icmpkit_ping_event){
		.kind = kind,
		.sequence = 70000,
		.from = made_address("192.0.2.9"),
		.rtt_ns = 1234567,
		.clock = ICMPKIT_CLOCK_KERNEL,
		.bytes = 64,
		.hop_limit = 57,
	};
}

static void put(struct page *page, const struct icmpkit_ping_event *e)
{
	struct icmpkit_subject target = server();

	if (e->from.family == ICMPKIT_IPV6)
		target.address = made_address("2001:db8::9");
	icmpkit_ping_json.event(&page->text, &plain, &target, 1, e);
}

static void replies_duplicates_and_late_ones_are_of_one_type(void **state)
{
	static const struct {
		enum icmpkit_ping_event_kind kind;
		const char *line;
	} cases[] = {
		{ICMPKIT_PING_REPLY, HEAD("reply") "\"seq\":70000,\"from\":\"192.0.2.9\",\"bytes\":64,"
						   "\"ttl\":57,\"rtt_ns\":1234567,"
						   "\"clock\":\"kernel\",\"duplicate\":false,\"late\":false,"
						   "\"corrupt\":false}\n"},
		{ICMPKIT_PING_DUPLICATE,
		 HEAD("reply") "\"seq\":70000,\"from\":\"192.0.2.9\",\"bytes\":64,\"ttl\":57,\"rtt_ns\":"
			       "1234567,"
			       "\"clock\":\"kernel\",\"duplicate\":true,\"late\":false,\"corrupt\":false}\n"},
		{ICMPKIT_PING_LATE,
		 HEAD("reply") "\"seq\":70000,\"from\":\"192.0.2.9\",\"bytes\":64,\"ttl\":57,\"rtt_ns\":"
			       "1234567,"
			       "\"clock\":\"kernel\",\"duplicate\":false,\"late\":true,\"corrupt\":false}\n"},
	};
	struct page page;

	(void)state;
	page_open(&page);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct icmpkit_ping_event e = event(cases[i].kind);

		put(&page, &e);
		ASSERT_PAGE(&page, cases[i].line);
	}
}

static void what_the_system_did_not_tell_is_null(void **state)
{
	struct icmpkit_ping_event e = event(ICMPKIT_PING_REPLY);
	struct page page;

	(void)state;
	page_open(&page);
	e.hop_limit = -1;
	e.rtt_ns = ICMPKIT_NEVER_NS;
	e.clock = ICMPKIT_CLOCK_USER;
	e.corrupt = true;
	put(&page, &e);
	ASSERT_PAGE(
		&page,
		HEAD("reply") "\"seq\":70000,\"from\":\"192.0.2.9\",\"bytes\":64,\"ttl\":null,\"rtt_ns\":"
			      "null,"
			      "\"clock\":\"user\",\"duplicate\":false,\"late\":false,\"corrupt\":true}\n");
}

static void an_error_tells_who_and_what(void **state)
{
	struct icmpkit_ping_event e = event(ICMPKIT_PING_ERROR);
	struct page page;

	(void)state;
	page_open(&page);
	e.icmp_type = ICMPKIT_V4_DESTINATION_UNREACHABLE;
	put(&page, &e);
	ASSERT_PAGE(&page,
		    HEAD("error") "\"seq\":70000,\"from\":\"192.0.2.9\",\"icmp\":{\"type\":3,\"code\":0,"
				  "\"name\":\"net unreachable\"},\"rtt_ns\":1234567}\n");
	e.from = made_address("2001:db8::1");
	e.icmp_type = ICMPKIT_V6_DESTINATION_UNREACHABLE;
	e.icmp_code = 200;
	put(&page, &e);
	ASSERT_PAGE(&page,
		    HEAD_OF("error",
			    "2001:db8::9") "\"seq\":70000,\"from\":\"2001:db8::1\",\"icmp\":{\"type\":1,"
					   "\"code\":200,"
					   "\"name\":\"destination unreachable\"},\"rtt_ns\":1234567}\n");
	e.icmp_type = 99;
	put(&page, &e);
	ASSERT_PAGE(&page, HEAD_OF("error", "2001:db8::9") "\"seq\":70000,\"from\":\"2001:db8::1\",\"icmp\":{"
							   "\"type\":99,\"code\":200,"
							   "\"name\":\"unknown\"},\"rtt_ns\":1234567}\n");
}

static void of_an_error_whose_sender_is_unknown_the_target_tells_the_family(void **state)
{
	struct icmpkit_ping_event e = event(ICMPKIT_PING_ERROR);
	struct page page;

	(void)state;
	page_open(&page);
	e.from = (struct icmpkit_address){0};
	e.icmp_type = ICMPKIT_V4_DESTINATION_UNREACHABLE;
	e.icmp_code = ICMPKIT_V4_HOST_UNREACHABLE;
	put(&page, &e);
	ASSERT_PAGE(&page, HEAD("error") "\"seq\":70000,\"from\":null,\"icmp\":{\"type\":3,\"code\":1,"
					 "\"name\":\"host unreachable\"},\"rtt_ns\":1234567}\n");
}

static void silence_and_refusal_have_types_of_their_own(void **state)
{
	struct icmpkit_ping_event e = event(ICMPKIT_PING_TIMEOUT);
	struct page page;

	(void)state;
	page_open(&page);
	put(&page, &e);
	ASSERT_PAGE(&page, HEAD("timeout") "\"seq\":70000}\n");
	e.kind = ICMPKIT_PING_SEND_FAILED;
	e.error = -ENETUNREACH;
	put(&page, &e);
	ASSERT_PAGE(&page, HEAD("unsent") "\"seq\":70000,\"error\":\"Network is unreachable\"}\n");
}

static void hostile_names_stay_inside_their_string(void **state)
{
	struct icmpkit_subject target = {HOSTILE_NAME "\"}", made_address("192.0.2.9")};
	struct icmpkit_ping_event e = event(ICMPKIT_PING_TIMEOUT);
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_ping_json.event(&page.text, &plain, &target, 1, &e);
	ASSERT_PAGE(&page, "{\"type\":\"timeout\",\"time\":\"NOW\",\"target\":\"" HOSTILE_NAME_IN_JSON
			   "\\\"}\",\"address\":\"192.0.2.9\",\"seq\":70000}\n");
}

static void quiet_leaves_the_statistics_only(void **state)
{
	struct icmpkit_subject target = server();
	struct icmpkit_ping_event e = event(ICMPKIT_PING_REPLY);
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_ping_json.begin(&page.text, &target, 1, 56);
	icmpkit_ping_json.event(&page.text, &(struct icmpkit_shown){.is_quiet = true}, &target, 1, &e);
	icmpkit_ping_json.end(&page.text, 1);
	icmpkit_ping_json.end(&page.text, 2);
	ASSERT_PAGE(&page, "");
}

static void the_summary_has_every_number(void **state)
{
	struct icmpkit_subject target = server();
	struct icmpkit_ping_statistics s = {
		.sent = 30,
		.received = 20,
		.duplicates = 1,
		.late = 2,
		.corrupt = 3,
		.errors = 4,
		.send_failures = 5,
		.lost = 1,
		.clock_user = 6,
		.rtt_min_ns = 7,
		.rtt_mean_ns = 8,
		.rtt_max_ns = 9,
		.rtt_stddev_ns = 10,
		.rtt_p50_ns = 11,
		.rtt_p90_ns = 12,
		.rtt_p99_ns = 13,
		.jitter_ns = 14,
		.elapsed_ns = 15,
	};
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_ping_json.summary(&page.text, &target, 3, &s);
	ASSERT_PAGE(&page,
		    HEAD("summary") "\"sent\":30,\"received\":20,\"duplicates\":1,\"late\":2,\"corrupt\":3,"
				    "\"errors\":4,\"unsent\":5,\"lost\":1,\"loss\":0.333333,\"rtt_ns\":{"
				    "\"min\":7,"
				    "\"mean\":8,\"max\":9,\"stddev\":10,\"p50\":11,\"p90\":12,\"p99\":13},"
				    "\"jitter_ns\":14,\"clock_user\":6,\"elapsed_ns\":15}\n");
}

static void the_status_before_the_first_request_has_nulls(void **state)
{
	struct icmpkit_subject target = server();
	struct icmpkit_ping_statistics s = {
		.rtt_min_ns = ICMPKIT_NEVER_NS,
		.rtt_mean_ns = ICMPKIT_NEVER_NS,
		.rtt_max_ns = ICMPKIT_NEVER_NS,
		.rtt_stddev_ns = ICMPKIT_NEVER_NS,
		.rtt_p50_ns = ICMPKIT_NEVER_NS,
		.rtt_p90_ns = ICMPKIT_NEVER_NS,
		.rtt_p99_ns = ICMPKIT_NEVER_NS,
		.jitter_ns = ICMPKIT_NEVER_NS,
	};
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_ping_json.status(&page.text, &target, &s);
	ASSERT_PAGE(
		&page,
		HEAD("status") "\"sent\":0,\"received\":0,\"duplicates\":0,\"late\":0,\"corrupt\":0,"
			       "\"errors\":0,\"unsent\":0,\"lost\":0,\"loss\":null,\"rtt_ns\":{\"min\":null,"
			       "\"mean\":null,\"max\":null,\"stddev\":null,\"p50\":null,\"p90\":null,\"p99\":"
			       "null},"
			       "\"jitter_ns\":null,\"clock_user\":0,\"elapsed_ns\":0}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replies_duplicates_and_late_ones_are_of_one_type),
		cmocka_unit_test(what_the_system_did_not_tell_is_null),
		cmocka_unit_test(an_error_tells_who_and_what),
		cmocka_unit_test(of_an_error_whose_sender_is_unknown_the_target_tells_the_family),
		cmocka_unit_test(silence_and_refusal_have_types_of_their_own),
		cmocka_unit_test(hostile_names_stay_inside_their_string),
		cmocka_unit_test(quiet_leaves_the_statistics_only),
		cmocka_unit_test(the_summary_has_every_number),
		cmocka_unit_test(the_status_before_the_first_request_has_nulls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

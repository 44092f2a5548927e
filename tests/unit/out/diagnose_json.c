/* SPDX-License-Identifier: BSD-2-Clause */
/* The diagnosis for programs: every line of docs/json.md, whole. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "made_diagnosis.h"
#include "page.h"

#include <icmpkit/numbers.h>

#define HEAD(type) "{\"type\":\"" type "\",\"time\":\"NOW\",\"target\":\"server\","

static const struct icmpkit_shown plain;

static struct icmpkit_subject server(void)
{
	return (struct icmpkit_subject){"server", made_address("192.0.2.9")};
}

static void put_event(struct page *page, const struct icmpkit_diagnose_event *event)
{
	struct icmpkit_subject target = server();

	icmpkit_diagnose_json.event(&page->text, &plain, &target, event);
}

static void put_end(struct page *page, const struct icmpkit_diagnosis *d)
{
	struct icmpkit_subject target = server();
	struct icmpkit_address source = made_address("10.0.1.2");

	icmpkit_diagnose_json.end(&page->text, &plain, &target, &source, d);
}

static void a_step_says_what_is_asked_and_the_end_of_events_says_nothing(void **state)
{
	struct icmpkit_diagnose_event event = {.kind = ICMPKIT_DIAGNOSE_STEP, .step = "asking every hop"};
	struct page page;

	(void)state;
	page_open(&page);
	put_event(&page, &event);
	ASSERT_PAGE(&page, HEAD("step") "\"text\":\"asking every hop\"}\n");
	event.kind = ICMPKIT_DIAGNOSE_END;
	put_event(&page, &event);
	ASSERT_PAGE(&page, "");
}

static void every_kind_of_answer_has_its_word(void **state)
{
	static const char *const words[] = {
		[ICMPKIT_TRACE_TIME_EXCEEDED] = "time-exceeded", [ICMPKIT_TRACE_TARGET] = "target",
		[ICMPKIT_TRACE_UNREACHABLE] = "unreachable",	 [ICMPKIT_TRACE_OTHER_ERROR] = "error",
		[ICMPKIT_TRACE_SEND_FAILED] = "unsent",		 [ICMPKIT_TRACE_LOST] = "lost",
	};
	struct icmpkit_diagnose_event event = {
		.kind = ICMPKIT_DIAGNOSE_REPLY,
		.method = ICMPKIT_METHOD_UDP,
		.reply = {.ttl = 3, .from = made_address("10.0.1.1"), .rtt_ns = 1234567},
	};
	struct page page;
	char expected[512];

	(void)state;
	page_open(&page);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		event.reply.answer = (enum icmpkit_trace_answer)i;
		put_event(&page, &event);
		(void)snprintf(
			expected, sizeof(expected),
			HEAD("probe") "\"method\":\"udp\",\"ttl\":3,\"answer\":\"%s\",\"from\":\"10.0.1.1\","
				      "\"rtt_ns\":1234567,\"icmp\":null,\"error\":null}\n",
			words[i]);
		ASSERT_PAGE(&page, expected);
	}
}

static void a_probe_tells_message_error_or_nothing(void **state)
{
	struct icmpkit_diagnose_event event = {
		.kind = ICMPKIT_DIAGNOSE_REPLY,
		.method = ICMPKIT_METHOD_ICMP,
		.reply = {.answer = ICMPKIT_TRACE_UNREACHABLE,
			  .from = made_address("2001:db8::1"),
			  .rtt_ns = 1,
			  .is_icmp = true,
			  .icmp_type = ICMPKIT_V6_DESTINATION_UNREACHABLE,
			  .icmp_code = ICMPKIT_V6_ADMIN_PROHIBITED},
	};
	struct page page;

	(void)state;
	page_open(&page);
	put_event(&page, &event);
	ASSERT_PAGE(&page,
		    HEAD("probe") "\"method\":\"icmp\",\"ttl\":0,\"answer\":\"unreachable\","
				  "\"from\":\"2001:db8::1\",\"rtt_ns\":1,\"icmp\":{\"type\":1,\"code\":1,"
				  "\"name\":\"communication with destination administratively "
				  "prohibited\"},\"error\":null}\n");
	event.method = ICMPKIT_METHOD_TCP;
	event.reply = (struct icmpkit_trace_reply){
		.answer = ICMPKIT_TRACE_SEND_FAILED, .ttl = 255, .rtt_ns = ICMPKIT_NEVER_NS, .error = -EPERM};
	put_event(&page, &event);
	ASSERT_PAGE(&page,
		    HEAD("probe") "\"method\":\"tcp\",\"ttl\":255,\"answer\":\"unsent\",\"from\":null,"
				  "\"rtt_ns\":null,\"icmp\":null,\"error\":\"Operation not permitted\"}\n");
}

static void the_diagnosis_has_place_findings_and_path(void **state)
{
	struct icmpkit_diagnosis d = made_diagnosis(ICMPKIT_VERDICT_SILENT_DROP);
	struct page page;

	(void)state;
	page_open(&page);
	d.where = made_place(ICMPKIT_RELATION_AFTER, 3, "10.0.3.1");
	add_findings(&d);
	add_hop(&d, 1, "10.0.1.1");
	add_hop(&d, 2, NULL);
	put_end(&page, &d);
	ASSERT_PAGE(
		&page,
		HEAD("diagnosis") "\"address\":\"192.0.2.9\",\"source\":\"10.0.1.2\",\"verdict\":\"silent-"
				  "drop\","
				  "\"where\":{\"relation\":\"after\",\"ttl\":3,\"address\":\"10.0.3.1\"},"
				  "\"summary\":\"A summary.\",\"evidence\":\"Some evidence.\","
				  "\"advice\":\"An advice.\",\"confidence\":0.95,\"findings\":["
				  "{\"kind\":\"mute-hop\",\"where\":{\"relation\":\"at\",\"ttl\":2,"
				  "\"address\":null},"
				  "\"detail\":{\"asked\":3,\"answered\":0}},"
				  "{\"kind\":\"rate-limited-replies\",\"where\":{\"relation\":\"at\",\"ttl\":"
				  "3,"
				  "\"address\":\"10.0.3.1\"},\"detail\":{\"asked\":8,\"answered\":5}}],"
				  "\"findings_left_out\":0,\"path\":[{\"ttl\":1,\"address\":\"10.0.1.1\","
				  "\"rtt_ns\":1234567,"
				  "\"asked\":3,"
				  "\"answered\":3},{\"ttl\":2,\"address\":null,\"rtt_ns\":null,\"asked\":3,"
				  "\"answered\":0}],\"probes\":12,\"elapsed_ns\":3210000000}\n");
}

static void every_verdict_has_its_word(void **state)
{
	static const char *const words[] = {
		[ICMPKIT_VERDICT_NO_ADDRESS] = "no-address",
		[ICMPKIT_VERDICT_NO_ROUTE] = "no-route",
		[ICMPKIT_VERDICT_BLOCKED_LOCALLY] = "blocked-locally",
		[ICMPKIT_VERDICT_GATEWAY_SILENT] = "gateway-silent",
		[ICMPKIT_VERDICT_LOOP] = "loop",
		[ICMPKIT_VERDICT_NET_UNREACHABLE] = "net-unreachable",
		[ICMPKIT_VERDICT_FILTERED] = "filtered",
		[ICMPKIT_VERDICT_HOST_UNREACHABLE] = "host-unreachable",
		[ICMPKIT_VERDICT_PROTOCOL_UNREACHABLE] = "protocol-unreachable",
		[ICMPKIT_VERDICT_PORT_UNREACHABLE] = "port-unreachable",
		[ICMPKIT_VERDICT_ECHO_FILTERED] = "echo-filtered",
		[ICMPKIT_VERDICT_SILENT_DROP] = "silent-drop",
		[ICMPKIT_VERDICT_OK] = "ok",
	};
	struct icmpkit_subject target = {"server", {0}};
	struct icmpkit_address none = {0};
	struct page page;
	char expected[1024];

	(void)state;
	page_open(&page);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct icmpkit_diagnosis d = made_diagnosis((enum icmpkit_verdict)i);

		d.confidence_percent = 100;
		icmpkit_diagnose_json.end(&page.text, &plain, &target, &none, &d);
		(void)snprintf(
			expected, sizeof(expected),
			HEAD("diagnosis") "\"address\":null,\"source\":null,\"verdict\":\"%s\","
					  "\"where\":{\"relation\":\"local\",\"ttl\":0,\"address\":null},"
					  "\"summary\":\"A summary.\",\"evidence\":\"Some evidence.\","
					  "\"advice\":\"An "
					  "advice.\",\"confidence\":1.00,\"findings\":[],\"findings_left_"
					  "out\":0,"
					  "\"path\":[],\"probes\":12,\"elapsed_ns\":3210000000}\n",
			words[i]);
		ASSERT_PAGE(&page, expected);
	}
}

static void what_a_resolver_says_stays_inside_its_string(void **state)
{
	struct icmpkit_subject target = {HOSTILE_NAME, {0}};
	struct icmpkit_address none = {0};
	struct icmpkit_diagnosis d;
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_diagnosis_no_address(HOSTILE_NAME, ICMPKIT_IPV4, "\"},\033c", &d);
	icmpkit_diagnose_json.end(&page.text, &plain, &target, &none, &d);
	ASSERT_PAGE(
		&page,
		"{\"type\":\"diagnosis\",\"time\":\"NOW\","
		"\"target\":\"a\\u001b[2Jb\\u000ac\\u009b\\u200f\\ufffd\\\\\",\"address\":null,\"source\":"
		"null,"
		"\"verdict\":\"no-address\",\"where\":{\"relation\":\"local\",\"ttl\":0,\"address\":null},"
		"\"summary\":\"The name a\\u001b[2Jb\\u000ac\\u009b\\u200f\\ufffd\\\\ has no IPv4 address.\","
		"\"evidence\":\"The resolver says: \\\"},\\u001bc.\","
		"\"advice\":\"Check the spelling, and the name servers of this host (/etc/resolv.conf).\","
		"\"confidence\":0.99,\"findings\":[],\"findings_left_out\":0,\"path\":[],\"probes\":0,"
		"\"elapsed_ns\":0}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_says_what_is_asked_and_the_end_of_events_says_nothing),
		cmocka_unit_test(every_kind_of_answer_has_its_word),
		cmocka_unit_test(a_probe_tells_message_error_or_nothing),
		cmocka_unit_test(the_diagnosis_has_place_findings_and_path),
		cmocka_unit_test(every_verdict_has_its_word),
		cmocka_unit_test(what_a_resolver_says_stays_inside_its_string),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

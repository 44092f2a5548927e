/* SPDX-License-Identifier: BSD-2-Clause */
/* Trace for programs: every line of docs/json.md, whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "made_trace.h"
#include "page.h"

#define HOP(ttl) "{\"type\":\"hop\",\"time\":\"NOW\",\"target\":\"server\",\"ttl\":" ttl ",\"replies\":["
#define END "{\"type\":\"trace\",\"time\":\"NOW\",\"target\":\"server\",\"address\":\"192.0.2.9\",\"method\":"
#define EXCEEDED "\"icmp\":{\"type\":11,\"code\":0,\"name\":\"time to live exceeded in transit\"}"
#define PLAIN                                                                                                \
	"{\"from\":\"10.0.1.1\",\"rtt_ns\":1234567,\"clock\":\"kernel\"," EXCEEDED                           \
	",\"reply_ttl\":60,\"flow\":0,\"mpls\":[],\"mpls_more\":0,\"interface\":null}"

static const struct icmpkit_shown plain;

static void put_hop(struct page *page, const struct icmpkit_trace *trace, uint8_t ttl)
{
	struct icmpkit_trace_view view = made_view(trace, "192.0.2.9");

	icmpkit_trace_json.hop(&page->text, &plain, &view, ttl);
}

static void a_hop_has_its_replies_in_order_and_counts_the_lost(void **state)
{
	struct icmpkit_trace_reply reply = made_reply("10.0.1.1");
	struct icmpkit_trace_reply lost = made_silence(0);
	struct icmpkit_trace_reply unsent = made_silence(-EPERM);
	struct icmpkit_trace trace = {.replies = {
					      [1] = {&reply, &lost, &reply},
					      [2] = {&lost, &lost, &unsent},
					      [3] = {&reply, NULL, NULL},
				      }};
	struct page page;

	(void)state;
	page_open(&page);
	put_hop(&page, &trace, 1);
	put_hop(&page, &trace, 2);
	put_hop(&page, &trace, 3);
	ASSERT_PAGE(&page, HOP("1") PLAIN "," PLAIN "],\"lost\":1}\n" HOP("2") "],\"lost\":2}\n" HOP("3")
				   PLAIN "],\"lost\":0}\n");
}

static void what_is_not_known_of_a_reply_is_null(void **state)
{
	struct icmpkit_trace_reply reply = made_reply("192.0.2.9");
	struct icmpkit_trace trace = {.replies = {[1] = {&reply}}};
	struct page page;

	(void)state;
	page_open(&page);
	reply.answer = ICMPKIT_TRACE_TARGET;
	reply.is_icmp = false; /* a TCP segment */
	reply.reply_ttl = -1;
	reply.clock = ICMPKIT_CLOCK_USER;
	put_hop(&page, &trace, 1);
	ASSERT_PAGE(&page,
		    HOP("1") "{\"from\":\"192.0.2.9\",\"rtt_ns\":1234567,\"clock\":\"user\",\"icmp\":null,"
			     "\"reply_ttl\":null,\"flow\":0,\"mpls\":[],\"mpls_more\":0,\"interface\":null}],"
			     "\"lost\":0}\n");
}

static void errors_of_both_families_are_replies(void **state)
{
	struct icmpkit_trace_reply v4 = made_reply("10.0.1.1");
	struct icmpkit_trace_reply v6 = made_reply("2001:db8::1");
	struct icmpkit_trace trace = {.replies = {[1] = {&v4, &v6}}};
	struct page page;

	(void)state;
	page_open(&page);
	v4.answer = ICMPKIT_TRACE_UNREACHABLE;
	v4.icmp_type = ICMPKIT_V4_DESTINATION_UNREACHABLE;
	v4.icmp_code = ICMPKIT_V4_HOST_UNREACHABLE;
	v6.answer = ICMPKIT_TRACE_OTHER_ERROR;
	v6.icmp_type = ICMPKIT_V6_PACKET_TOO_BIG;
	put_hop(&page, &trace, 1);
	ASSERT_PAGE(
		&page,
		HOP("1") "{\"from\":\"10.0.1.1\",\"rtt_ns\":1234567,\"clock\":\"kernel\",\"icmp\":{"
			 "\"type\":3,\"code\":1,\"name\":\"host unreachable\"},\"reply_ttl\":60,\"flow\":0,"
			 "\"mpls\":[],\"mpls_more\":0,\"interface\":null},"
			 "{\"from\":\"2001:db8::1\",\"rtt_ns\":1234567,\"clock\":\"kernel\",\"icmp\":{"
			 "\"type\":2,\"code\":0,\"name\":\"packet too big\"},\"reply_ttl\":60,\"flow\":0,"
			 "\"mpls\":[],\"mpls_more\":0,\"interface\":null}],\"lost\":0}\n");
}

static void labels_and_interface_are_told_as_the_router_did(void **state)
{
	struct icmpkit_trace_reply reply = made_reply("10.0.1.1");
	struct icmpkit_trace trace = {.replies = {[1] = {&reply}}};
	struct page page;

	(void)state;
	page_open(&page);
	add_mpls(&reply, 1048575, false);
	add_mpls(&reply, 16, true);
	reply.has_interface = true;
	reply.interface_role = 2;
	reply.interface_index = 7;
	reply.interface_mtu = 9000;
	reply.interface_address = made_address("2001:db8::1");
	memcpy(reply.interface_name, HOSTILE_NAME, sizeof(HOSTILE_NAME));
	put_hop(&page, &trace, 1);
	ASSERT_PAGE(&page,
		    HOP("1") "{\"from\":\"10.0.1.1\",\"rtt_ns\":1234567,\"clock\":\"kernel\"," EXCEEDED
			     ",\"reply_ttl\":60,\"flow\":0,\"mpls\":["
			     "{\"label\":1048575,\"tc\":5,\"s\":0,\"ttl\":254},{\"label\":16,\"tc\":5,\"s\":"
			     "1,\"ttl\":254}],\"mpls_more\":0,"
			     "\"interface\":{\"role\":\"outgoing\",\"index\":7,\"mtu\":9000,"
			     "\"address\":\"2001:db8::1\","
			     "\"name\":\"a\\u001b[2Jb\\u000ac\\u009b\\u200f\\ufffd\\\\\"}}],\"lost\":0}\n");
}

static void an_interface_of_which_nothing_is_told_has_nulls(void **state)
{
	static const char *const roles[] = {"incoming", "sub-ip", "outgoing", "next-hop"};
	struct icmpkit_trace_reply reply = made_reply("10.0.1.1");
	struct icmpkit_trace trace = {.replies = {[1] = {&reply}}};
	struct page page;
	char expected[512];

	(void)state;
	page_open(&page);
	reply.has_interface = true;
	for (uint8_t role = 0; role < 4; role++) {
		reply.interface_role = role;
		put_hop(&page, &trace, 1);
		(void)snprintf(
			expected, sizeof(expected),
			HOP("1") "{\"from\":\"10.0.1.1\",\"rtt_ns\":1234567,\"clock\":\"kernel\"," EXCEEDED
				 ",\"reply_ttl\":60,\"flow\":0,\"mpls\":[],\"mpls_more\":0,\"interface\":{"
				 "\"role\":\"%s\","
				 "\"index\":null,\"mtu\":null,\"address\":null,\"name\":null}}],\"lost\":0}"
				 "\n",
			roles[role]);
		ASSERT_PAGE(&page, expected);
	}
}

static void the_last_line_has_every_number_and_the_links_each_once(void **state)
{
	struct icmpkit_trace_reply a = made_reply("10.0.1.1");
	struct icmpkit_trace_reply b = made_reply("10.0.2.1");
	struct icmpkit_trace_reply c = made_reply("10.0.2.2");
	struct icmpkit_trace_reply elsewhere = made_reply("10.9.9.9");
	struct icmpkit_trace_reply target = made_reply("192.0.2.9");

	elsewhere.answer = ICMPKIT_TRACE_OTHER_ERROR;
	target.answer = ICMPKIT_TRACE_TARGET;
	struct icmpkit_trace trace = {
		.replies = {[1] = {&a, &a, &a},
			    [2] = {&b, &b, &c},
			    [3] = {&target, &elsewhere, &target},
			    [4] = {&target, &target, &target},
			    [5] = {&b, &b, &b}}, /* beyond the result */
		.summary = {.reached = true,
			    .hops = 3,
			    .last_ttl = 4,
			    .probes = 15,
			    .refused = 2,
			    .elapsed_ns = 99},
	};
	struct icmpkit_trace_view view = made_view(&trace, "192.0.2.9");
	struct page page;

	(void)state;
	page_open(&page);
	view.opt.method = ICMPKIT_METHOD_UDP;
	icmpkit_trace_json.begin(&page.text, &view);
	icmpkit_trace_json.end(&page.text, &view);
	ASSERT_PAGE(&page, END
		    "\"udp\",\"reached\":true,\"hops\":3,\"links\":[[\"10.0.1.1\",\"10.0.2.1\"],"
		    "[\"10.0.1.1\",\"10.0.2.2\"],[\"10.0.2.1\",\"192.0.2.9\"],[\"10.0.2.2\",\"192.0.2.9\"]],"
		    "\"probes\":15,\"stop\":\"reached\",\"refused\":2,\"elapsed_ns\":99}\n");
}

static void every_reason_to_stop_has_its_word(void **state)
{
	static const char *const words[] = {
		[ICMPKIT_TRACE_STOP_REACHED] = "reached",    [ICMPKIT_TRACE_STOP_UNREACHABLE] = "unreachable",
		[ICMPKIT_TRACE_STOP_SILENT] = "silent",	     [ICMPKIT_TRACE_STOP_MAX_TTL] = "max-ttl",
		[ICMPKIT_TRACE_STOP_SEND_FAILED] = "unsent", [ICMPKIT_TRACE_STOP_ASKED] = "stopped",
	};
	struct icmpkit_trace trace = {0};
	struct icmpkit_trace_view view = made_view(&trace, "192.0.2.9");
	struct page page;
	char expected[512];

	(void)state;
	page_open(&page);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		trace.summary.stop = (enum icmpkit_trace_stop)i;
		icmpkit_trace_json.end(&page.text, &view);
		(void)snprintf(
			expected, sizeof(expected),
			END "\"icmp\",\"reached\":false,\"hops\":0,\"links\":[],\"probes\":0,\"stop\":\"%s\","
			    "\"refused\":0,\"elapsed_ns\":0}\n",
			words[i]);
		ASSERT_PAGE(&page, expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hop_has_its_replies_in_order_and_counts_the_lost),
		cmocka_unit_test(what_is_not_known_of_a_reply_is_null),
		cmocka_unit_test(errors_of_both_families_are_replies),
		cmocka_unit_test(labels_and_interface_are_told_as_the_router_did),
		cmocka_unit_test(an_interface_of_which_nothing_is_told_has_nulls),
		cmocka_unit_test(the_last_line_has_every_number_and_the_links_each_once),
		cmocka_unit_test(every_reason_to_stop_has_its_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

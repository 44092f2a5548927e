/* SPDX-License-Identifier: BSD-2-Clause */
/* Trace for people: every line that there can be, whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "made_names.h"
#include "made_trace.h"
#include "page.h"

static const struct icmpkit_shown plain;

static void put_hop(struct page *page, const struct icmpkit_trace *trace, uint8_t ttl)
{
	struct icmpkit_trace_view view = made_view(trace, "192.0.2.9");

	icmpkit_trace_text.hop(&page->text, &plain, &view, ttl);
}

static void the_first_line_says_where_to_and_how(void **state)
{
	struct icmpkit_trace trace = {0};
	struct icmpkit_trace_view view = made_view(&trace, "2001:db8::9");
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_trace_text.begin(&page.text, &view);
	ASSERT_PAGE(&page, "trace to server (2001:db8::9) by icmp, at most 30 hops\n");
	view.opt.method = ICMPKIT_METHOD_TCP;
	view.max_ttl = 255;
	icmpkit_trace_text.begin(&page.text, &view);
	ASSERT_PAGE(&page, "trace to server (2001:db8::9) by tcp, at most 255 hops\n");
}

static void an_address_is_named_once_as_long_as_it_answers(void **state)
{
	struct icmpkit_trace_reply a = made_reply("10.0.1.1");
	struct icmpkit_trace_reply b = made_reply("10.0.1.2");
	struct icmpkit_trace_reply lost = made_silence(0);
	struct icmpkit_trace trace = {.replies = {
					      [1] = {&a, &a, &a},
					      [2] = {&a, &b, &a},
					      [10] = {&lost, &a, &lost},
					      [11] = {&lost, &lost, &lost},
					      [12] = {&a, NULL, NULL},
				      }};
	struct page page;

	(void)state;
	page_open(&page);
	put_hop(&page, &trace, 1);
	put_hop(&page, &trace, 2);
	put_hop(&page, &trace, 10);
	put_hop(&page, &trace, 11);
	put_hop(&page, &trace, 12);
	ASSERT_PAGE(&page, " 1  10.0.1.1  1.235 ms  1.235 ms  1.235 ms\n"
			   " 2  10.0.1.1  1.235 ms  10.0.1.2  1.235 ms  10.0.1.1  1.235 ms\n"
			   "10  *  10.0.1.1  1.235 ms  *\n"
			   "11  *  *  *\n"
			   "12  10.0.1.1  1.235 ms\n");
}

static void every_kind_of_answer_has_its_words(void **state)
{
	struct icmpkit_trace_reply target = made_reply("192.0.2.9");
	struct icmpkit_trace_reply unreachable = made_reply("10.0.1.1");
	struct icmpkit_trace_reply too_big = made_reply("2001:db8::1");
	struct icmpkit_trace_reply unsent = made_silence(-EPERM);
	struct page page;

	(void)state;
	page_open(&page);
	target.answer = ICMPKIT_TRACE_TARGET;
	target.is_icmp = false;
	unreachable.answer = ICMPKIT_TRACE_UNREACHABLE;
	unreachable.icmp_type = ICMPKIT_V4_DESTINATION_UNREACHABLE;
	unreachable.icmp_code = ICMPKIT_V4_ADMIN_PROHIBITED;
	too_big.answer = ICMPKIT_TRACE_OTHER_ERROR;
	too_big.icmp_type = ICMPKIT_V6_PACKET_TOO_BIG;
	struct icmpkit_trace trace = {.replies = {[1] = {&target, &unreachable, &too_big}, [2] = {&unsent}}};

	put_hop(&page, &trace, 1);
	put_hop(&page, &trace, 2);
	ASSERT_PAGE(&page,
		    " 1  192.0.2.9  1.235 ms  10.0.1.1  1.235 ms "
		    "[communication administratively prohibited]  2001:db8::1  1.235 ms [packet too big]\n"
		    " 2  not sent (Operation not permitted)\n");
}

static void a_reason_said_again_and_again_is_shown_once_a_line(void **state)
{
	struct icmpkit_trace_reply a = made_reply("10.0.1.1");
	struct icmpkit_trace_reply b = made_reply("10.0.1.2");
	struct page page;

	(void)state;
	page_open(&page);
	a.answer = ICMPKIT_TRACE_UNREACHABLE;
	a.icmp_type = ICMPKIT_V4_DESTINATION_UNREACHABLE;
	b.answer = ICMPKIT_TRACE_UNREACHABLE;
	b.icmp_type = ICMPKIT_V4_DESTINATION_UNREACHABLE;
	struct icmpkit_trace trace = {.replies = {[1] = {&a, &a, &b}}};

	put_hop(&page, &trace, 1);
	ASSERT_PAGE(&page, " 1  10.0.1.1  1.235 ms [net unreachable]  1.235 ms"
			   "  10.0.1.2  1.235 ms [net unreachable]\n");
}

static void labels_stand_below_their_hop_once(void **state)
{
	struct icmpkit_trace_reply bare = made_reply("10.0.1.1");
	struct icmpkit_trace_reply labelled = made_reply("10.0.1.1");
	struct icmpkit_trace trace = {.replies = {[1] = {&bare, &labelled, &labelled}}};
	struct page page;

	(void)state;
	page_open(&page);
	add_mpls(&labelled, 1048575, false);
	add_mpls(&labelled, 16, true);
	put_hop(&page, &trace, 1);
	ASSERT_PAGE(&page, " 1  10.0.1.1  1.235 ms  1.235 ms  1.235 ms\n"
			   "      MPLS label 1048575 tc 5 ttl 254\n"
			   "      MPLS label 16 tc 5 ttl 254 (bottom)\n");
}

static void labels_beyond_those_kept_are_counted(void **state)
{
	struct icmpkit_trace_reply deep = made_reply("10.0.1.1");
	struct page page;

	(void)state;
	page_open(&page);
	add_mpls(&deep, 16, false);
	deep.mpls_more = 3;
	struct icmpkit_trace trace = {.replies = {[1] = {&deep}}};

	put_hop(&page, &trace, 1);
	ASSERT_PAGE(&page, " 1  10.0.1.1  1.235 ms\n"
			   "      MPLS label 16 tc 5 ttl 254\n"
			   "      and 3 more labels\n");
}

static void an_interface_shows_what_the_router_told_of_it(void **state)
{
	static const char *const roles[] = {"came in by", "sub-IP part of", "goes out by", "next hop"};
	struct icmpkit_trace_reply reply = made_reply("10.0.1.1");
	struct icmpkit_trace trace = {.replies = {[1] = {&reply}}};
	struct page page;
	char expected[256];

	(void)state;
	page_open(&page);
	reply.has_interface = true;
	for (uint8_t role = 0; role < 4; role++) {
		reply.interface_role = role;
		put_hop(&page, &trace, 1);
		(void)snprintf(expected, sizeof(expected), " 1  10.0.1.1  1.235 ms\n      %s\n", roles[role]);
		ASSERT_PAGE(&page, expected);
	}
	reply.interface_index = 4294967295;
	reply.interface_mtu = 9000;
	reply.interface_address = made_address("2001:db8::1");
	memcpy(reply.interface_name, HOSTILE_NAME, sizeof(HOSTILE_NAME));
	put_hop(&page, &trace, 1);
	ASSERT_PAGE(&page, " 1  10.0.1.1  1.235 ms\n"
			   "      next hop " HOSTILE_NAME_IN_TEXT " 2001:db8::1 index 4294967295 mtu 9000\n");
}

static void hostile_names_are_escaped_wherever_they_stand(void **state)
{
	struct icmpkit_reverse_names names = {HOSTILE_NAME};
	struct icmpkit_shown shown = {.names = &names};
	struct icmpkit_trace_reply reply = made_reply("10.0.1.1");
	struct icmpkit_trace trace = {.replies = {[1] = {&reply, &reply}},
				      .summary = {.reached = true, .hops = 1}};
	struct icmpkit_trace_view view = made_view(&trace, "192.0.2.9");
	struct page page;

	(void)state;
	page_open(&page);
	view.target.name = HOSTILE_NAME;
	icmpkit_trace_text.begin(&page.text, &view);
	icmpkit_trace_text.hop(&page.text, &shown, &view, 1);
	icmpkit_trace_text.end(&page.text, &view);
	struct icmpkit_trace stopped = {.summary = {.stop = ICMPKIT_TRACE_STOP_ASKED}};

	view.trace = &stopped;
	icmpkit_trace_text.end(&page.text, &view);
	ASSERT_PAGE(&page, "trace to " HOSTILE_NAME_IN_TEXT " (192.0.2.9) by icmp, at most 30 hops\n"
			   " 1  " HOSTILE_NAME_IN_TEXT " (10.0.1.1)  1.235 ms  1.235 ms\n"
			   "reached " HOSTILE_NAME_IN_TEXT " in 1 hop\n" HOSTILE_NAME_IN_TEXT
			   " not reached: stopped\n");
}

static void the_last_line_says_why_the_trace_ended(void **state)
{
	static const struct {
		struct icmpkit_trace_summary summary;
		const char *line;
	} cases[] = {
		{{.reached = true, .hops = 1}, "reached server in 1 hop\n"},
		{{.reached = true, .hops = 12}, "reached server in 12 hops\n"},
		{{.stop = ICMPKIT_TRACE_STOP_SILENT}, "server not reached: nobody answers\n"},
		{{.stop = ICMPKIT_TRACE_STOP_SILENT, .hops = 4},
		 "server not reached: nobody answers beyond hop 4\n"},
		{{.stop = ICMPKIT_TRACE_STOP_MAX_TTL, .hops = 30},
		 "server not reached: the highest TTL is used up\n"},
		{{.stop = ICMPKIT_TRACE_STOP_SEND_FAILED}, "server not reached: this host cannot send\n"},
		{{.stop = ICMPKIT_TRACE_STOP_ASKED}, "server not reached: stopped\n"},
		{{.stop = ICMPKIT_TRACE_STOP_UNREACHABLE, .last_ttl = 2},
		 "server not reached: 10.0.2.1 says: host unreachable\n"},
	};
	struct icmpkit_trace_reply reply = made_reply("10.0.2.1");
	struct icmpkit_trace_reply unreachable = reply;
	struct icmpkit_trace trace = {.replies = {[2] = {&reply, &unreachable}}};
	struct icmpkit_trace_view view = made_view(&trace, "192.0.2.9");
	struct page page;

	(void)state;
	page_open(&page);
	unreachable.answer = ICMPKIT_TRACE_UNREACHABLE;
	unreachable.icmp_type = ICMPKIT_V4_DESTINATION_UNREACHABLE;
	unreachable.icmp_code = ICMPKIT_V4_HOST_UNREACHABLE;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		trace.summary = cases[i].summary;
		icmpkit_trace_text.end(&page.text, &view);
		ASSERT_PAGE(&page, cases[i].line);
	}
}

static void a_hop_of_the_longest_address_fits_80_columns(void **state)
{
	struct icmpkit_trace_reply reply = made_reply(LONGEST_IPV6);
	struct icmpkit_trace trace = {.replies = {[15] = {&reply, &reply, &reply}}};
	struct page page;

	(void)state;
	page_open(&page);
	reply.rtt_ns = 999999499;
	put_hop(&page, &trace, 15);
	assert_true(widest_line(page.buf) <= 80);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_line_says_where_to_and_how),
		cmocka_unit_test(an_address_is_named_once_as_long_as_it_answers),
		cmocka_unit_test(every_kind_of_answer_has_its_words),
		cmocka_unit_test(a_reason_said_again_and_again_is_shown_once_a_line),
		cmocka_unit_test(labels_stand_below_their_hop_once),
		cmocka_unit_test(labels_beyond_those_kept_are_counted),
		cmocka_unit_test(an_interface_shows_what_the_router_told_of_it),
		cmocka_unit_test(hostile_names_are_escaped_wherever_they_stand),
		cmocka_unit_test(the_last_line_says_why_the_trace_ended),
		cmocka_unit_test(a_hop_of_the_longest_address_fits_80_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* The diagnosis for people: heading, sentences, drawing, findings, whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "made_diagnosis.h"
#include "made_names.h"
#include "page.h"

#define SENTENCES "  A summary.\n  Some evidence.\n  An advice.\n"
#define LAST "\n12 probes in 3.2 s, confidence 95%\n"
#define LAST_OF_FORMAT "\n12 probes in 3.2 s, confidence 95%%\n"

static const struct icmpkit_shown plain;

static void put(struct page *page, const struct icmpkit_shown *shown, const struct icmpkit_diagnosis *d)
{
	struct icmpkit_subject target = {"server", made_address("192.0.2.9")};
	struct icmpkit_address source = made_address("10.0.1.2");

	icmpkit_diagnose_text.end(&page->text, shown, &target, &source, d);
}

static void a_way_that_works_is_drawn_to_the_target(void **state)
{
	struct icmpkit_diagnosis d = made_diagnosis(ICMPKIT_VERDICT_OK);
	struct page page;

	(void)state;
	page_open(&page);
	d.where = made_place(ICMPKIT_RELATION_AT, 3, "192.0.2.9");
	add_hop(&d, 1, "10.0.1.1");
	add_hop(&d, 2, NULL);
	add_hop(&d, 3, "192.0.2.9");
	d.hops[2].is_target = true;
	put(&page, &plain, &d);
	ASSERT_PAGE(&page, "server (192.0.2.9): ok\n\n" SENTENCES "\n"
			   "   0  this host 10.0.1.2\n"
			   "   |\n"
			   "   1  10.0.1.1                  1.235 ms\n"
			   "   |\n"
			   "   2  (does not answer)\n"
			   "   |\n"
			   "   3  192.0.2.9                 1.235 ms  the target\n" LAST);
}

static void a_fault_at_a_hop_is_marked_there(void **state)
{
	static const struct {
		enum icmpkit_verdict verdict;
		const char *word;
		const char *mark;
	} cases[] = {
		{ICMPKIT_VERDICT_LOOP, "loop", "the loop begins here"},
		{ICMPKIT_VERDICT_NET_UNREACHABLE, "net-unreachable", "no route from here"},
		{ICMPKIT_VERDICT_FILTERED, "filtered", "forbids the packets"},
		{ICMPKIT_VERDICT_HOST_UNREACHABLE, "host-unreachable", "cannot reach the target"},
	};
	struct page page;
	char expected[1024];

	(void)state;
	page_open(&page);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct icmpkit_diagnosis d = made_diagnosis(cases[i].verdict);

		d.where = made_place(ICMPKIT_RELATION_AT, 2, "10.0.2.1");
		add_hop(&d, 1, "10.0.1.1");
		add_hop(&d, 2, "10.0.2.1");
		put(&page, &plain, &d);
		(void)snprintf(expected, sizeof(expected),
			       "server (192.0.2.9): %s\n\n" SENTENCES "\n"
			       "   0  this host 10.0.1.2\n"
			       "   |\n"
			       "   1  10.0.1.1                  1.235 ms\n"
			       "   |\n"
			       "   2  10.0.2.1                  1.235 ms      <-- %s\n"
			       "   |\n"
			       "   ?  server, not reached\n" LAST_OF_FORMAT,
			       cases[i].word, cases[i].mark);
		ASSERT_PAGE(&page, expected);
	}
}

static void a_fault_between_two_hops_breaks_the_line_between_them(void **state)
{
	static const struct {
		enum icmpkit_verdict verdict;
		const char *word;
		const char *mark;
	} cases[] = {
		{ICMPKIT_VERDICT_GATEWAY_SILENT, "gateway-silent", "no answer on the link"},
		{ICMPKIT_VERDICT_SILENT_DROP, "silent-drop", "silence from here on"},
	};
	struct page page;
	char expected[1024];

	(void)state;
	page_open(&page);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct icmpkit_diagnosis d = made_diagnosis(cases[i].verdict);

		d.where = made_place(ICMPKIT_RELATION_AFTER, 0, NULL);
		put(&page, &plain, &d);
		(void)snprintf(expected, sizeof(expected),
			       "server (192.0.2.9): %s\n\n" SENTENCES "\n"
			       "   0  this host 10.0.1.2\n"
			       "   x                                          <-- %s\n"
			       "   ?  server, not reached\n" LAST_OF_FORMAT,
			       cases[i].word, cases[i].mark);
		ASSERT_PAGE(&page, expected);
	}
}

static void a_fault_of_this_host_is_marked_in_the_first_line(void **state)
{
	static const struct {
		enum icmpkit_verdict verdict;
		const char *word;
		const char *mark;
	} cases[] = {
		{ICMPKIT_VERDICT_NO_ROUTE, "no-route", "no route from here"},
		{ICMPKIT_VERDICT_BLOCKED_LOCALLY, "blocked-locally", "refuses to send"},
	};
	struct icmpkit_subject target = {"192.0.2.9", made_address("192.0.2.9")};
	struct icmpkit_address none = {0};
	struct page page;
	char expected[1024];

	(void)state;
	page_open(&page);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct icmpkit_diagnosis d = made_diagnosis(cases[i].verdict);

		d.where = made_place(ICMPKIT_RELATION_LOCAL, 0, NULL);
		icmpkit_diagnose_text.end(&page.text, &plain, &target, &none, &d);
		(void)snprintf(expected, sizeof(expected),
			       "192.0.2.9: %s\n\n" SENTENCES "\n"
			       "   0  this host                               <-- %s\n"
			       "   |\n"
			       "   ?  192.0.2.9, not reached\n" LAST_OF_FORMAT,
			       cases[i].word, cases[i].mark);
		ASSERT_PAGE(&page, expected);
	}
}

static void a_target_that_ignores_echo_is_drawn_though_no_echo_reached_it(void **state)
{
	struct icmpkit_diagnosis d = made_diagnosis(ICMPKIT_VERDICT_ECHO_FILTERED);
	struct page page;

	(void)state;
	page_open(&page);
	d.where = made_place(ICMPKIT_RELATION_AT, 2, "192.0.2.9");
	add_hop(&d, 1, "10.0.1.1");
	add_hop(&d, 2, "192.0.2.9");
	d.hops[1].is_target = true;
	put(&page, &plain, &d);
	ASSERT_PAGE(&page, "server (192.0.2.9): echo-filtered\n\n" SENTENCES "\n"
			   "   0  this host 10.0.1.2\n"
			   "   |\n"
			   "   1  10.0.1.1                  1.235 ms\n"
			   "   |\n"
			   "   2  192.0.2.9                 1.235 ms      <-- does not answer echo\n" LAST);
}

static void a_place_that_has_shown_no_address_is_marked_too(void **state)
{
	struct icmpkit_diagnosis d = made_diagnosis(ICMPKIT_VERDICT_FILTERED);
	struct page page;

	(void)state;
	page_open(&page);
	d.where = made_place(ICMPKIT_RELATION_AT, 10, NULL);
	add_hop(&d, 1, "10.0.1.1");
	add_hop(&d, 10, NULL);
	put(&page, &plain, &d);
	ASSERT_PAGE(&page, "server (192.0.2.9): filtered\n\n" SENTENCES "\n"
			   "   0  this host 10.0.1.2\n"
			   "   |\n"
			   "   1  10.0.1.1                  1.235 ms\n"
			   "   |\n"
			   "  10  (does not answer)                       <-- forbids the packets\n"
			   "   |\n"
			   "   ?  server, not reached\n" LAST);
}

static void a_loop_is_drawn_once_round(void **state)
{
	struct icmpkit_diagnosis d = made_diagnosis(ICMPKIT_VERDICT_LOOP);
	struct page page;

	(void)state;
	page_open(&page);
	d.where = made_place(ICMPKIT_RELATION_AT, 1, "10.0.1.1");
	for (uint8_t ttl = 1; ttl <= 30; ttl++)
		add_hop(&d, ttl, ttl % 2 == 1 ? "10.0.1.1" : "10.0.2.1");
	put(&page, &plain, &d);
	ASSERT_PAGE(&page, "server (192.0.2.9): loop\n\n" SENTENCES "\n"
			   "   0  this host 10.0.1.2\n"
			   "   |\n"
			   "   1  10.0.1.1                  1.235 ms      <-- the loop begins here\n"
			   "   |\n"
			   "   2  10.0.2.1                  1.235 ms\n"
			   "   |\n"
			   "   3  10.0.1.1                  1.235 ms\n"
			   " ...  and so on, as far as hop 30\n"
			   "   |\n"
			   "   ?  server, not reached\n" LAST);
}

static void a_name_without_an_address_has_no_drawing(void **state)
{
	struct icmpkit_subject target = {"nosuch.example", {0}};
	struct icmpkit_address none = {0};
	struct icmpkit_diagnosis d;
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_diagnosis_no_address("nosuch.example", ICMPKIT_FAMILY_NONE, "Name or service not known", &d);
	icmpkit_diagnose_text.end(&page.text, &plain, &target, &none, &d);
	ASSERT_PAGE(&page, "nosuch.example: no-address\n\n"
			   "  The name nosuch.example has no address.\n"
			   "  The resolver says: Name or service not known.\n"
			   "  Check the spelling, and the name servers of this host (/etc/resolv.conf).\n"
			   "\n0 probes in 0 ms, confidence 99%\n");
}

static void both_findings_stand_below_the_drawing(void **state)
{
	struct icmpkit_diagnosis d = made_diagnosis(ICMPKIT_VERDICT_OK);
	struct page page;

	(void)state;
	page_open(&page);
	add_findings(&d);
	add_hop(&d, 1, "192.0.2.9");
	d.hops[0].is_target = true;
	d.probes = 1;
	d.elapsed_ns = 999 * ICMPKIT_NS_PER_MS;
	put(&page, &plain, &d);
	ASSERT_PAGE(&page, "server (192.0.2.9): ok\n\n" SENTENCES "\n"
			   "   0  this host 10.0.1.2\n"
			   "   |\n"
			   "   1  192.0.2.9                 1.235 ms  the target\n"
			   "\nfindings:\n"
			   "  mute-hop at hop 2: 0 of 3 probes answered; harmless\n"
			   "  rate-limited-replies at hop 3 (10.0.3.1): 5 of 8 probes answered; harmless\n"
			   "\n1 probe in 999 ms, confidence 95%\n");
}

static void utf8_draws_with_lines_and_keeps_the_columns(void **state)
{
	struct icmpkit_diagnosis d = made_diagnosis(ICMPKIT_VERDICT_SILENT_DROP);
	struct page page;

	(void)state;
	page_open(&page);
	d.where = made_place(ICMPKIT_RELATION_AFTER, 1, "10.0.1.1");
	add_hop(&d, 1, "10.0.1.1");
	put(&page, &(struct icmpkit_shown){.has_utf8 = true}, &d);
	ASSERT_PAGE(&page,
		    "server (192.0.2.9): silent-drop\n\n" SENTENCES "\n"
		    "   0  this host 10.0.1.2\n"
		    "   \xe2\x94\x82\n"
		    "   1  10.0.1.1                  1.235 ms\n"
		    "   \xe2\x95\xb3                                          <-- silence from here on\n"
		    "   ?  server, not reached\n" LAST);
}

static void colour_marks_the_verdict_and_the_place_and_is_switched_off_again(void **state)
{
	struct icmpkit_shown shown = {.has_colour = true};
	struct icmpkit_diagnosis d = made_diagnosis(ICMPKIT_VERDICT_FILTERED);
	struct page page;

	(void)state;
	page_open(&page);
	d.where = made_place(ICMPKIT_RELATION_AT, 1, "10.0.1.1");
	add_hop(&d, 1, "10.0.1.1");
	put(&page, &shown, &d);
	ASSERT_PAGE(&page,
		    "server (192.0.2.9): \033[1;31mfiltered\033[0m\n\n" SENTENCES "\n"
		    "   0  this host 10.0.1.2\n"
		    "   |\n"
		    "   1  10.0.1.1                  1.235 ms     \033[1;31m <-- forbids the packets\033[0m\n"
		    "   |\n"
		    "   ?  server, not reached\n" LAST);
	d = made_diagnosis(ICMPKIT_VERDICT_OK);
	put(&page, &shown, &d);
	assert_memory_equal(page.buf, "server (192.0.2.9): \033[1;32mok\033[0m\n", 34);
}

static void hostile_names_are_escaped_wherever_they_stand(void **state)
{
	struct icmpkit_reverse_names names = {HOSTILE_NAME};
	struct icmpkit_shown shown = {.names = &names};
	struct icmpkit_subject target = {HOSTILE_NAME, made_address("192.0.2.9")};
	struct icmpkit_address source = made_address("10.0.1.2");
	struct icmpkit_diagnosis d = made_diagnosis(ICMPKIT_VERDICT_SILENT_DROP);
	struct page page;

	(void)state;
	page_open(&page);
	(void)snprintf(d.summary, sizeof(d.summary), "Packets to " HOSTILE_NAME " vanish.");
	d.where = made_place(ICMPKIT_RELATION_AFTER, 1, "10.0.1.1");
	add_hop(&d, 1, "10.0.1.1");
	icmpkit_diagnose_text.end(&page.text, &shown, &target, &source, &d);
	ASSERT_PAGE(&page, HOSTILE_NAME_IN_TEXT " (192.0.2.9): silent-drop\n\n"
						"  Packets to " HOSTILE_NAME_IN_TEXT " vanish.\n"
						"  Some evidence.\n  An advice.\n\n"
						"   0  this host 10.0.1.2\n"
						"   |\n"
						"   1  " HOSTILE_NAME_IN_TEXT " (10.0.1.1) 1.235 ms\n"
						"   x                                          "
						"<-- silence from here on\n"
						"   ?  " HOSTILE_NAME_IN_TEXT ", not reached\n" LAST);
}

static void long_sentences_are_wrapped_between_words(void **state)
{
	struct icmpkit_diagnosis d = made_diagnosis(ICMPKIT_VERDICT_NO_ADDRESS);
	struct page page;
	size_t len = 0;

	(void)state;
	page_open(&page);
	for (int i = 0; i < 100; i++)
		len += (size_t)snprintf(d.summary + len, sizeof(d.summary) - len, "word%d ", i);
	put(&page, &plain, &d);
	assert_true(widest_line(page.buf) <= 80);
	assert_non_null(strstr(page.buf, "\n  word0 word1 "));
	assert_non_null(strstr(page.buf, " word99"));
	page_open(&page);
	/* What cannot be wrapped has a line of its own. */
	memset(d.summary, 'x', 100);
	(void)snprintf(d.summary + 100, sizeof(d.summary) - 100, " is long.");
	put(&page, &plain, &d);
	assert_non_null(strstr(page.buf, "xxx\n  is long.\n"));
}

static void events_are_not_shown(void **state)
{
	struct icmpkit_subject target = {"server", made_address("192.0.2.9")};
	struct icmpkit_diagnose_event event = {.kind = ICMPKIT_DIAGNOSE_STEP, .step = "asking"};
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_diagnose_text.event(&page.text, &plain, &target, &event);
	ASSERT_PAGE(&page, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_way_that_works_is_drawn_to_the_target),
		cmocka_unit_test(a_fault_at_a_hop_is_marked_there),
		cmocka_unit_test(a_fault_between_two_hops_breaks_the_line_between_them),
		cmocka_unit_test(a_fault_of_this_host_is_marked_in_the_first_line),
		cmocka_unit_test(a_target_that_ignores_echo_is_drawn_though_no_echo_reached_it),
		cmocka_unit_test(a_place_that_has_shown_no_address_is_marked_too),
		cmocka_unit_test(a_loop_is_drawn_once_round),
		cmocka_unit_test(a_name_without_an_address_has_no_drawing),
		cmocka_unit_test(both_findings_stand_below_the_drawing),
		cmocka_unit_test(utf8_draws_with_lines_and_keeps_the_columns),
		cmocka_unit_test(colour_marks_the_verdict_and_the_place_and_is_switched_off_again),
		cmocka_unit_test(hostile_names_are_escaped_wherever_they_stand),
		cmocka_unit_test(long_sentences_are_wrapped_between_words),
		cmocka_unit_test(events_are_not_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

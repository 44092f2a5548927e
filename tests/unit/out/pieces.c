/* SPDX-License-Identifier: BSD-2-Clause */
/* Pieces that several formats write: instants, the ICMP object, names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "made_names.h"
#include "page.h"

#include <icmpkit/numbers.h>

#include "out/format.h"

static void now_is_an_instant_of_rfc_3339_between_before_and_after(void **state)
{
	struct page page;
	struct tm utc = {0};
	time_t before = time(NULL);

	(void)state;
	page_open(&page);
	icmpkit_put_now(&page.text);
	assert_int_equal(page.text.len, sizeof(INSTANT_FORM) - 1);
	assert_true(is_instant(page.buf));
	const char *rest = strptime(page.buf, "%Y-%m-%dT%H:%M:%S", &utc);

	assert_non_null(rest);
	assert_true(*rest == '.');
	/* time() may lag behind the clock by a tick */
	assert_true(timegm(&utc) >= before && timegm(&utc) <= time(NULL) + 1);
	page_open(&page);
	struct icmpkit_json json;

	icmpkit_json_init(&json, &page.text);
	icmpkit_json_object(&json, NULL);
	icmpkit_json_now(&json);
	icmpkit_json_end_object(&json);
	ASSERT_PAGE(&page, "{\"time\":\"NOW\"}");
}

static void the_icmp_object_has_numbers_and_the_best_name(void **state)
{
	static const struct {
		enum icmpkit_family family;
		uint8_t type;
		uint8_t code;
		const char *object;
	} cases[] = {
		{ICMPKIT_IPV4, 3, 3, "{\"icmp\":{\"type\":3,\"code\":3,\"name\":\"port unreachable\"}}"},
		{ICMPKIT_IPV6, 3, 0,
		 "{\"icmp\":{\"type\":3,\"code\":0,\"name\":\"hop limit exceeded in transit\"}}"},
		{ICMPKIT_IPV6, 2, 0, "{\"icmp\":{\"type\":2,\"code\":0,\"name\":\"packet too big\"}}"},
		{ICMPKIT_IPV4, 3, 255,
		 "{\"icmp\":{\"type\":3,\"code\":255,\"name\":\"destination unreachable\"}}"},
		{ICMPKIT_IPV4, 255, 255, "{\"icmp\":{\"type\":255,\"code\":255,\"name\":\"unknown\"}}"},
	};
	struct page page;

	(void)state;
	page_open(&page);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct icmpkit_json json;

		icmpkit_json_init(&json, &page.text);
		icmpkit_json_object(&json, NULL);
		icmpkit_json_icmp(&json, cases[i].family, cases[i].type, cases[i].code);
		icmpkit_json_end_object(&json);
		ASSERT_PAGE(&page, cases[i].object);
	}
}

static void an_address_has_its_name_in_front_where_one_is_known(void **state)
{
	struct icmpkit_reverse_names unknown = {NULL};
	struct icmpkit_reverse_names known = {"router.example"};
	struct icmpkit_reverse_names hostile = {HOSTILE_NAME};
	struct icmpkit_shown shown = {.names = &unknown};
	struct icmpkit_address address = made_address("2001:db8::1");
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_put_named(&page.text, &shown, &address);
	ASSERT_PAGE(&page, "2001:db8::1");
	shown.names = &known;
	icmpkit_put_named(&page.text, &shown, &address);
	ASSERT_PAGE(&page, "router.example (2001:db8::1)");
	shown.names = &hostile;
	icmpkit_put_named(&page.text, &shown, &address);
	ASSERT_PAGE(&page, HOSTILE_NAME_IN_TEXT " (2001:db8::1)");
	shown.names = NULL;
	icmpkit_put_named(&page.text, &shown, &address);
	ASSERT_PAGE(&page, "2001:db8::1");
}

static void names_in_other_scripts_stay_as_they_are(void **state)
{
	struct page page;

	(void)state;
	page_open(&page);
	icmpkit_put_name(&page.text, "m\xc3\xbcnchen.example");
	ASSERT_PAGE(&page, "m\xc3\xbcnchen.example");
	icmpkit_put_name(&page.text, HOSTILE_NAME);
	ASSERT_PAGE(&page, HOSTILE_NAME_IN_TEXT);
	icmpkit_put_name(&page.text, "");
	ASSERT_PAGE(&page, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(now_is_an_instant_of_rfc_3339_between_before_and_after),
		cmocka_unit_test(the_icmp_object_has_numbers_and_the_best_name),
		cmocka_unit_test(an_address_has_its_name_in_front_where_one_is_known),
		cmocka_unit_test(names_in_other_scripts_stay_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

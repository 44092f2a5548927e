/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * page.h - What a format wrote, compared with what it should have written. Include behind <cmocka.h>.
 */
#ifndef TEST_OUT_PAGE_H
#define TEST_OUT_PAGE_H

#include <string.h>

#include <icmpkit/text.h>

#define INSTANT_FORM "0000-00-00T00:00:00.000000000Z"
/* A name as a stranger could choose it: a sequence that clears the screen, a line end, a C1 control, a mark
 * that turns the reading order, a byte that is no UTF-8, and a backslash. */
#define HOSTILE_NAME "a\033[2Jb\nc\xc2\x9b\xe2\x80\x8f\xff\\"
#define HOSTILE_NAME_IN_TEXT "a\\x1b[2Jb\\x0ac\\xc2\\x9b\\xe2\\x80\\x8f\\xff\\\\"
#define LONGEST_IPV6 "2001:1db8:1111:2222:3333:4444:5555:6666"

struct page {
	char buf[16384];
	struct icmpkit_text text;
};

static inline void page_open(struct page *page)
{
	icmpkit_text_init(&page->text, page->buf, sizeof(page->buf));
}

static inline bool is_instant(const char *p)
{
	for (size_t i = 0; i < sizeof(INSTANT_FORM) - 1; i++) {
		bool is_digit = p[i] >= '0' && p[i] <= '9';

		if (INSTANT_FORM[i] == '0' ? !is_digit : p[i] != INSTANT_FORM[i])
			return false;
	}
	return true;
}

/* Every instant becomes "NOW". */
static inline void hide_instants(char *text)
{
	char *to = text;

	while (*text != '\0') {
		if (is_instant(text)) {
			memcpy(to, "NOW", 3);
			to += 3;
			text += sizeof(INSTANT_FORM) - 1;
		} else {
			*to++ = *text++;
		}
	}
	*to = '\0';
}

/* Compare the page and begin a new one. */
#define ASSERT_PAGE(page, expected)                                                                          \
	do {                                                                                                 \
		assert_false((page)->text.truncated);                                                        \
		hide_instants((page)->buf);                                                                  \
		assert_string_equal((page)->buf, expected);                                                  \
		page_open(page);                                                                             \
	} while (0)

/* Columns of the widest line: colours have no width, a character of several bytes has one column. */
static inline size_t widest_line(const char *text)
{
	size_t widest = 0;
	size_t columns = 0;

	for (; *text != '\0'; text++) {
		if (*text == '\033')
			text += strcspn(text, "m");
		else if (*text == '\n')
			columns = 0;
		else
			columns += ((uint8_t)*text & 0xc0) != 0x80;
		widest = columns > widest ? columns : widest;
	}
	return widest;
}

/* @text: NULL: no address. */
static inline struct icmpkit_address made_address(const char *text)
{
	struct icmpkit_address address = {0};

	if (text != NULL)
		assert_int_equal(icmpkit_address_parse(text, &address), 0);
	return address;
}

#endif

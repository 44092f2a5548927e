/* SPDX-License-Identifier: BSD-2-Clause */
/* Pieces that several formats write: instants, names, the ICMP object. */
#include <string.h>
#include <time.h>

#include "out/format.h"

#define NAME_MAX_BYTES 1025

/* At least so many digits. */
static void put_digits(struct icmpkit_text *text, long value, unsigned int digits)
{
	long unit = 1;

	for (unsigned int i = 1; i < digits; i++)
		unit *= 10;
	for (; unit > value && unit > 1; unit /= 10)
		icmpkit_text_put_char(text, '0');
	icmpkit_text_put_unsigned(text, (uint64_t)value);
}

void icmpkit_put_now(struct icmpkit_text *text)
{
	struct timespec now;
	struct tm utc;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	if (gmtime_r(&now.tv_sec, &utc) == NULL)
		return;
	put_digits(text, utc.tm_year + 1900L, 4);
	icmpkit_text_put_char(text, '-');
	put_digits(text, utc.tm_mon + 1L, 2);
	icmpkit_text_put_char(text, '-');
	put_digits(text, utc.tm_mday, 2);
	icmpkit_text_put_char(text, 'T');
	put_digits(text, utc.tm_hour, 2);
	icmpkit_text_put_char(text, ':');
	put_digits(text, utc.tm_min, 2);
	icmpkit_text_put_char(text, ':');
	put_digits(text, utc.tm_sec, 2);
	icmpkit_text_put_char(text, '.');
	put_digits(text, now.tv_nsec, 9);
	icmpkit_text_put_char(text, 'Z');
}

void icmpkit_json_now(struct icmpkit_json *json)
{
	char buf[40];
	struct icmpkit_text text;

	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_put_now(&text);
	icmpkit_json_string(json, "time", buf);
}

void icmpkit_json_icmp(struct icmpkit_json *json, enum icmpkit_family family, uint8_t type, uint8_t code)
{
	icmpkit_json_object(json, "icmp");
	icmpkit_json_unsigned(json, "type", type);
	icmpkit_json_unsigned(json, "code", code);
	icmpkit_json_string(json, "name", icmpkit_message_name(family, type, code));
	icmpkit_json_end_object(json);
}

void icmpkit_put_name(struct icmpkit_text *text, const char *name)
{
	icmpkit_text_put_escaped(text, (struct icmpkit_bytes){(const uint8_t *)name, strlen(name)});
}

void icmpkit_put_named(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		       const struct icmpkit_address *address)
{
	char name[NAME_MAX_BYTES];

	if (shown->names == NULL ||
	    icmpkit_reverse_names_get(shown->names, address, name, sizeof(name)) != 1) {
		icmpkit_text_put_address(text, address);
		return;
	}
	icmpkit_put_name(text, name);
	icmpkit_text_put(text, " (");
	icmpkit_text_put_address(text, address);
	icmpkit_text_put_char(text, ')');
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Addresses of both families: compared, classified, read and written. */
#include <icmpkit/address.h>

#include <string.h>

#include <icmpkit/text.h>

#define IPV6_GROUPS 8

size_t icmpkit_address_len(enum icmpkit_family family)
{
	switch (family) {
	case ICMPKIT_IPV4:
		return 4;
	case ICMPKIT_IPV6:
		return 16;
	case ICMPKIT_FAMILY_NONE:
		break;
	}
	return 0;
}

struct icmpkit_address icmpkit_address_from_bytes(enum icmpkit_family family, const uint8_t *bytes)
{
	struct icmpkit_address address = {.family = family};

	if (icmpkit_address_len(family) > 0)
		memcpy(address.bytes, bytes, icmpkit_address_len(family));
	return address;
}

bool icmpkit_address_equal(const struct icmpkit_address *a, const struct icmpkit_address *b)
{
	if (a->family != b->family || memcmp(a->bytes, b->bytes, icmpkit_address_len(a->family)) != 0)
		return false;
	return a->scope_id == 0 || b->scope_id == 0 || a->scope_id == b->scope_id;
}

/* RFC 5771 3: 224.0.0.0/4; RFC 4291 2.7: ff00::/8. */
bool icmpkit_address_is_multicast(const struct icmpkit_address *address)
{
	if (address->family == ICMPKIT_IPV4)
		return (address->bytes[0] & 0xf0) == 0xe0;
	return address->family == ICMPKIT_IPV6 && address->bytes[0] == 0xff;
}

bool icmpkit_address_is_unspecified(const struct icmpkit_address *address)
{
	static const uint8_t zeros[16];

	return memcmp(address->bytes, zeros, icmpkit_address_len(address->family)) == 0;
}

/* RFC 1122 3.2.1.3(g): 127.0.0.0/8; RFC 4291 2.5.3: ::1. */
bool icmpkit_address_is_loopback(const struct icmpkit_address *address)
{
	static const uint8_t one[16] = {[15] = 1};

	if (address->family == ICMPKIT_IPV4)
		return address->bytes[0] == 127;
	return address->family == ICMPKIT_IPV6 && memcmp(address->bytes, one, sizeof(one)) == 0;
}

/* RFC 3927 2.1: 169.254.0.0/16; RFC 4291 2.5.6: fe80::/10. */
bool icmpkit_address_is_link_local(const struct icmpkit_address *address)
{
	if (address->family == ICMPKIT_IPV4)
		return address->bytes[0] == 169 && address->bytes[1] == 254;
	return address->family == ICMPKIT_IPV6 && address->bytes[0] == 0xfe &&
	       (address->bytes[1] & 0xc0) == 0x80;
}

/* A decimal number up to @max, without leading zeros (RFC 6943 3.1.1: "010" means different things to
 * different readers); moves @text behind it. */
static int parse_decimal(const char **text, uint64_t max, uint64_t *out)
{
	const char *p = *text;
	uint64_t value = 0;

	if (*p < '0' || *p > '9' || (p[0] == '0' && p[1] >= '0' && p[1] <= '9'))
		return ICMPKIT_ERR_MALFORMED;
	for (; *p >= '0' && *p <= '9'; p++) {
		value = value * 10 + (uint64_t)(*p - '0');
		if (value > max)
			return ICMPKIT_ERR_MALFORMED;
	}
	*text = p;
	*out = value;
	return 0;
}

/* Four decimal octets; moves @text behind them. */
static int parse_octets(const char **text, uint8_t out[4])
{
	for (size_t i = 0; i < 4; i++) {
		uint64_t octet;

		if (i > 0 && *(*text)++ != '.')
			return ICMPKIT_ERR_MALFORMED;
		if (parse_decimal(text, 255, &octet) < 0)
			return ICMPKIT_ERR_MALFORMED;
		out[i] = (uint8_t)octet;
	}
	return 0;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* One to four hexadecimal digits; moves @text behind them. */
static int parse_group(const char **text, uint8_t out[2])
{
	const char *p = *text;
	unsigned int value = 0;

	for (; hex_digit(*p) >= 0; p++) {
		if (p - *text == 4)
			return ICMPKIT_ERR_MALFORMED;
		value = value << 4 | (unsigned int)hex_digit(*p);
	}
	if (p == *text)
		return ICMPKIT_ERR_MALFORMED;
	out[0] = (uint8_t)(value >> 8);
	out[1] = (uint8_t)value;
	*text = p;
	return 0;
}

/* Does an IPv4 tail ("::ffff:192.0.2.1") begin here? */
static bool is_dotted(const char *text)
{
	while (*text >= '0' && *text <= '9')
		text++;
	return *text == '.';
}

/* The groups of an IPv6 address as they are written, and where among them "::" stood (in bytes, -1: nowhere).
 */
struct groups {
	uint8_t bytes[16];
	size_t len;
	int gap;
};

static int parse_one_group(const char **text, struct groups *groups)
{
	if (is_dotted(*text)) {
		if (groups->len > 12 || parse_octets(text, groups->bytes + groups->len) < 0)
			return ICMPKIT_ERR_MALFORMED;
		groups->len += 4;
		return **text == ':' ? ICMPKIT_ERR_MALFORMED : 0;
	}
	if (groups->len > 14 || parse_group(text, groups->bytes + groups->len) < 0)
		return ICMPKIT_ERR_MALFORMED;
	groups->len += 2;
	return 0;
}

static int parse_groups(const char **text, struct groups *groups)
{
	const char *p = *text;

	if (p[0] == ':' && p[1] != ':')
		return ICMPKIT_ERR_MALFORMED;
	while (*p != '\0' && *p != '%') {
		if (p[0] == ':' && p[1] == ':') {
			if (groups->gap >= 0)
				return ICMPKIT_ERR_MALFORMED;
			groups->gap = (int)groups->len;
			p += 2;
			continue;
		}
		if (p != *text && p[-1] != ':' && *p++ != ':')
			return ICMPKIT_ERR_MALFORMED;
		if (parse_one_group(&p, groups) < 0)
			return ICMPKIT_ERR_MALFORMED;
	}
	*text = p;
	return 0;
}

static int parse_scope(const char *text, uint32_t *out)
{
	uint64_t scope = 0;

	if (*text == '%') {
		text++;
		if (parse_decimal(&text, UINT32_MAX, &scope) < 0)
			return ICMPKIT_ERR_MALFORMED;
	}
	if (*text != '\0')
		return ICMPKIT_ERR_MALFORMED;
	*out = (uint32_t)scope;
	return 0;
}

static int parse_ipv6(const char *text, struct icmpkit_address *out)
{
	struct groups groups = {.gap = -1};
	struct icmpkit_address address = {.family = ICMPKIT_IPV6};

	if (parse_groups(&text, &groups) < 0 || parse_scope(text, &address.scope_id) < 0)
		return ICMPKIT_ERR_MALFORMED;
	/* "::" stands for at least one group (RFC 4291 2.2). */
	if (groups.gap < 0 ? groups.len != 16 : groups.len > 14)
		return ICMPKIT_ERR_MALFORMED;
	size_t head = groups.gap < 0 ? 16 : (size_t)groups.gap;
	size_t tail = groups.len - head;

	memcpy(address.bytes, groups.bytes, head);
	memcpy(address.bytes + 16 - tail, groups.bytes + head, tail);
	*out = address;
	return 0;
}

int icmpkit_address_parse(const char *text, struct icmpkit_address *out)
{
	struct icmpkit_address address = {.family = ICMPKIT_IPV4};

	if (strchr(text, ':') != NULL)
		return parse_ipv6(text, out);
	if (parse_octets(&text, address.bytes) < 0 || *text != '\0')
		return ICMPKIT_ERR_MALFORMED;
	*out = address;
	return 0;
}

static void put_octets(struct icmpkit_text *text, const uint8_t *octets)
{
	for (size_t i = 0; i < 4; i++) {
		if (i > 0)
			icmpkit_text_put_char(text, '.');
		icmpkit_text_put_unsigned(text, octets[i]);
	}
}

/* RFC 5952 4.2: "::" for the longest run of two zero groups or more, the first of equals. */
static void find_longest_zeros(const uint8_t *bytes, size_t *start, size_t *count)
{
	*start = IPV6_GROUPS;
	*count = 1;
	for (size_t i = 0; i < IPV6_GROUPS; i++) {
		size_t run = 0;

		while (i + run < IPV6_GROUPS && bytes[2 * (i + run)] == 0 && bytes[2 * (i + run) + 1] == 0)
			run++;
		if (run > *count) {
			*start = i;
			*count = run;
		}
	}
}

static void put_groups(struct icmpkit_text *text, const uint8_t *bytes)
{
	size_t gap;
	size_t gap_count;

	find_longest_zeros(bytes, &gap, &gap_count);
	for (size_t i = 0; i < IPV6_GROUPS; i++) {
		if (i == gap) {
			icmpkit_text_put(text, "::");
			i += gap_count - 1;
			continue;
		}
		if (i > 0 && i != gap + gap_count)
			icmpkit_text_put_char(text, ':');
		icmpkit_text_put_hex(text, (uint64_t)bytes[2 * i] << 8 | bytes[2 * i + 1], 1);
	}
}

/* RFC 5952 5: the dotted form for addresses known to carry an IPv4 one; here ::ffff:0:0/96 (RFC
 * 4291 2.5.5.2). */
static bool is_ipv4_mapped(const uint8_t *bytes)
{
	static const uint8_t prefix[12] = {[10] = 0xff, [11] = 0xff};

	return memcmp(bytes, prefix, sizeof(prefix)) == 0;
}

void icmpkit_text_put_address(struct icmpkit_text *text, const struct icmpkit_address *address)
{
	if (address->family == ICMPKIT_FAMILY_NONE) {
		icmpkit_text_put_char(text, '-');
	} else if (address->family == ICMPKIT_IPV4) {
		put_octets(text, address->bytes);
	} else if (is_ipv4_mapped(address->bytes)) {
		icmpkit_text_put(text, "::ffff:");
		put_octets(text, address->bytes + 12);
	} else {
		put_groups(text, address->bytes);
	}
	if (address->scope_id != 0) {
		icmpkit_text_put_char(text, '%');
		icmpkit_text_put_unsigned(text, address->scope_id);
	}
}

const char *icmpkit_address_format(const struct icmpkit_address *address, char buf[ICMPKIT_ADDRESS_TEXT_MAX])
{
	struct icmpkit_text text;

	icmpkit_text_init(&text, buf, ICMPKIT_ADDRESS_TEXT_MAX);
	icmpkit_text_put_address(&text, address);
	return buf;
}

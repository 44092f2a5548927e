/* SPDX-License-Identifier: BSD-2-Clause */
/* A record as text and as JSON, by its description. */
#include "wire/record.h"

#include <string.h>

#include "wire/description.h"

#define DNS_LABEL_MAX 63
#define DNS_NAME_MAX 255
#define PREFIX_BYTES_MAX 16
#define PREFIX_BITS_MAX 128

static bool is_there(const struct icmpkit_record_field *field, struct icmpkit_bytes bytes)
{
	return (size_t)(field->first_bit + field->bits + 7) / 8 <= bytes.len;
}

static uint64_t number_of(const struct icmpkit_record_field *field, struct icmpkit_bytes bytes)
{
	return load_bits(bytes.data, field->first_bit, field->bits);
}

static struct icmpkit_bytes bytes_of(const struct icmpkit_record_field *field, struct icmpkit_bytes bytes)
{
	return (struct icmpkit_bytes){bytes.data + field->first_bit / 8, field->bits / 8U};
}

/* What the first field of this form says; @otherwise where there is none. */
static uint64_t number_of_form(const struct icmpkit_record *record, enum icmpkit_record_format format,
			       struct icmpkit_bytes bytes, uint64_t otherwise)
{
	for (size_t i = 0; i < record->field_count && is_there(&record->fields[i], bytes); i++)
		if (record->fields[i].format == format)
			return number_of(&record->fields[i], bytes);
	return otherwise;
}

/* The first @bits of an IPv6 address from as many bytes as there are. */
static struct icmpkit_address prefix_of(struct icmpkit_bytes bytes, uint64_t bits)
{
	uint8_t whole[PREFIX_BYTES_MAX] = {0};

	for (size_t i = 0; i < PREFIX_BYTES_MAX && i < bytes.len && i * 8 < bits; i++)
		whole[i] = bytes.data[i];
	if (bits < PREFIX_BITS_MAX)
		whole[bits / 8] &= (uint8_t)(0xff00U >> bits % 8);
	return icmpkit_address_from_bytes(ICMPKIT_IPV6, whole);
}

/* Names are in snake case for JSON; people get spaces. */
static void put_name(struct icmpkit_text *text, const char *name)
{
	icmpkit_text_put_char(text, ' ');
	for (; *name != '\0'; name++)
		icmpkit_text_put_char(text, *name == '_' ? ' ' : *name);
}

static int folded(char c)
{
	if (c == '_')
		return ' ';
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* "MTU" and "mtu": what bears the record's own name, and stands right behind it, need not be named again. */
static bool is_own_name(const struct icmpkit_record *record, const char *name)
{
	const char *own = record->name;

	while (*own != '\0' && folded(*own) == folded(*name)) {
		own++;
		name++;
	}
	return *own == '\0' && *name == '\0';
}

static bool is_silent(const struct icmpkit_record_field *field, struct icmpkit_bytes bytes)
{
	bool hides_zero = field->format == RECORD_OPTIONAL || field->format == RECORD_RESERVED ||
			  field->format == RECORD_FLAG;

	return field->format == RECORD_PREFIX_LENGTH || (hides_zero && number_of(field, bytes) == 0);
}

static void put_field_text(const struct icmpkit_record *record, const struct icmpkit_record_field *field,
			   struct icmpkit_bytes bytes, size_t name_end, struct icmpkit_text *text)
{
	struct icmpkit_address address;

	if (is_silent(field, bytes))
		return;
	if (text->len != name_end || !is_own_name(record, field->name))
		put_name(text, field->name);
	switch (field->format) {
	case RECORD_NUMBER:
	case RECORD_OPTIONAL:
	case RECORD_RESERVED:
	case RECORD_PREFIX_LENGTH:
	case RECORD_PAD_LENGTH:
		icmpkit_text_put_char(text, ' ');
		icmpkit_text_put_unsigned(text, number_of(field, bytes));
		break;
	case RECORD_FLAG:
		break;
	case RECORD_HEX:
		icmpkit_text_put_char(text, ' ');
		icmpkit_text_put_hex_bytes(text, bytes_of(field, bytes));
		break;
	case RECORD_ADDRESS:
		address = load_address(bytes.data, field->first_bit, field->bits);
		icmpkit_text_put_char(text, ' ');
		icmpkit_text_put_address(text, &address);
		break;
	case RECORD_PREFIX:
		address = prefix_of(bytes_of(field, bytes), PREFIX_BITS_MAX);
		icmpkit_text_put_char(text, ' ');
		icmpkit_text_put_address(text, &address);
		break;
	}
}

/* Six bytes as people write an Ethernet address (RFC 2464 6), any other number of them as plain digits. */
static void put_link_layer_address(struct icmpkit_text *text, struct icmpkit_bytes address)
{
	if (address.len != 6) {
		icmpkit_text_put_hex_bytes(text, address);
		return;
	}
	for (size_t i = 0; i < address.len; i++) {
		if (i > 0)
			icmpkit_text_put_char(text, ':');
		icmpkit_text_put_hex(text, address.data[i], 2);
	}
}

static struct icmpkit_bytes cut(struct icmpkit_bytes bytes)
{
	if (bytes.len > RECORD_BYTES_SHOWN_MAX)
		bytes.len = RECORD_BYTES_SHOWN_MAX;
	return bytes;
}

static struct icmpkit_bytes until_zero(struct icmpkit_bytes bytes)
{
	const uint8_t *zero = bytes.len == 0 ? NULL : memchr(bytes.data, 0, bytes.len);

	if (zero != NULL)
		bytes.len = (size_t)(zero - bytes.data);
	return bytes;
}

/* The items of a rest, one after the other: an address or a DNS name each. */
struct item_reader {
	struct icmpkit_bytes rest;
	enum icmpkit_record_rest kind;
};

static bool next_address(struct item_reader *reader, enum icmpkit_family family, struct icmpkit_text *out)
{
	size_t len = icmpkit_address_len(family);

	if (reader->rest.len < len)
		return false;
	struct icmpkit_address address = icmpkit_address_from_bytes(family, reader->rest.data);

	icmpkit_text_put_address(out, &address);
	reader->rest.data += len;
	reader->rest.len -= len;
	return true;
}

/* RFC 1035 3.1: labels with their lengths in front, a length of zero at the end. */
static bool next_dns_name(struct item_reader *reader, struct icmpkit_text *out)
{
	const uint8_t *data = reader->rest.data;
	size_t at = 0;

	/* RFC 8106 5.2: what follows the last name is padding of zeros. */
	while (at < reader->rest.len && data[at] != 0) {
		size_t len = data[at];

		if (len > DNS_LABEL_MAX || len > reader->rest.len - at - 1 || at + len > DNS_NAME_MAX - 2)
			return false;
		if (at > 0)
			icmpkit_text_put_char(out, '.');
		icmpkit_text_put_escaped(out, (struct icmpkit_bytes){data + at + 1, len});
		at += 1 + len;
	}
	if (at == 0 || at == reader->rest.len)
		return false;
	reader->rest.data += at + 1;
	reader->rest.len -= at + 1;
	return true;
}

static bool next_item(struct item_reader *reader, struct icmpkit_text *out)
{
	switch (reader->kind) {
	case REST_IPV4_ADDRESSES:
		return next_address(reader, ICMPKIT_IPV4, out);
	case REST_IPV6_ADDRESSES:
		return next_address(reader, ICMPKIT_IPV6, out);
	case REST_DNS_NAMES:
		return next_dns_name(reader, out);
	case REST_NOTHING:
	case REST_BYTES:
	case REST_COUNTED:
	case REST_LINK_LAYER_ADDRESS:
	case REST_TEXT:
	case REST_PREFIX:
		break;
	}
	return false;
}

/* After the last item nothing may be left, behind DNS names nothing but zeros. */
static bool is_malformed(const struct item_reader *reader)
{
	if (reader->kind != REST_DNS_NAMES)
		return reader->rest.len > 0;
	for (size_t i = 0; i < reader->rest.len; i++)
		if (reader->rest.data[i] != 0)
			return true;
	return false;
}

/* Room for a DNS name, every byte of it escaped. */
#define ITEM_TEXT_MAX 1100

static void put_items_text(struct item_reader reader, struct icmpkit_text *text)
{
	char buf[ITEM_TEXT_MAX];
	struct icmpkit_text item;
	size_t count = 0;

	for (icmpkit_text_init(&item, buf, sizeof(buf)); next_item(&reader, &item);
	     icmpkit_text_init(&item, buf, sizeof(buf))) {
		if (count++ >= RECORD_ITEMS_SHOWN_MAX)
			continue;
		icmpkit_text_put_char(text, ' ');
		icmpkit_text_put(text, buf);
	}
	if (count > RECORD_ITEMS_SHOWN_MAX) {
		icmpkit_text_put(text, " and ");
		icmpkit_text_put_unsigned(text, count - RECORD_ITEMS_SHOWN_MAX);
		icmpkit_text_put(text, " more");
	}
	if (is_malformed(&reader))
		icmpkit_text_put(text, " (malformed)");
}

/* @bits: how long the prefix says to be. It may not be longer than what is there. */
static bool is_prefix_malformed(struct icmpkit_bytes rest, uint64_t bits)
{
	return bits > PREFIX_BITS_MAX || bits > (uint64_t)rest.len * 8;
}

/* A prefix whose length no field tells is as long as its bytes. */
static uint64_t prefix_length(const struct icmpkit_record *record, struct icmpkit_bytes bytes,
			      struct icmpkit_bytes rest)
{
	uint64_t all = rest.len < PREFIX_BYTES_MAX ? rest.len * 8 : PREFIX_BITS_MAX;

	return number_of_form(record, RECORD_PREFIX_LENGTH, bytes, all);
}

static void put_prefix_text(struct icmpkit_bytes rest, uint64_t bits, struct icmpkit_text *text)
{
	struct icmpkit_address prefix = prefix_of(rest, bits);

	icmpkit_text_put_char(text, ' ');
	icmpkit_text_put_address(text, &prefix);
	icmpkit_text_put_char(text, '/');
	icmpkit_text_put_unsigned(text, bits);
	if (is_prefix_malformed(rest, bits))
		icmpkit_text_put(text, " (malformed)");
}

static struct icmpkit_bytes rest_of(const struct icmpkit_record *record, struct icmpkit_bytes bytes)
{
	size_t len = bytes.len > record->fixed_bytes ? bytes.len - record->fixed_bytes : 0;
	uint64_t padding = number_of_form(record, RECORD_PAD_LENGTH, bytes, 0);

	if (len == 0)
		return (struct icmpkit_bytes){0};
	/* Padding longer than what it would pad is not believed. */
	return (struct icmpkit_bytes){bytes.data + record->fixed_bytes,
				      padding < len ? len - (size_t)padding : len};
}

static void put_rest_text(const struct icmpkit_record *record, struct icmpkit_bytes bytes, size_t name_end,
			  struct icmpkit_text *text)
{
	struct icmpkit_bytes rest = rest_of(record, bytes);

	if (record->rest == REST_NOTHING || (rest.len == 0 && record->rest != REST_PREFIX))
		return;
	/* Of these the record's own name says all. */
	if (record->rest != REST_COUNTED && record->rest != REST_LINK_LAYER_ADDRESS &&
	    (text->len != name_end || !is_own_name(record, record->rest_name)))
		put_name(text, record->rest_name);
	switch (record->rest) {
	case REST_NOTHING:
		break;
	case REST_BYTES:
	case REST_COUNTED:
		icmpkit_text_put(text, " of ");
		icmpkit_text_put_unsigned(text, rest.len);
		icmpkit_text_put(text, rest.len == 1 ? " byte" : " bytes");
		break;
	case REST_LINK_LAYER_ADDRESS:
		icmpkit_text_put_char(text, ' ');
		put_link_layer_address(text, cut(rest));
		break;
	case REST_TEXT:
		icmpkit_text_put(text, " \"");
		icmpkit_text_put_escaped(text, cut(until_zero(rest)));
		icmpkit_text_put_char(text, '"');
		break;
	case REST_IPV4_ADDRESSES:
	case REST_IPV6_ADDRESSES:
	case REST_DNS_NAMES:
		put_items_text((struct item_reader){rest, record->rest}, text);
		break;
	case REST_PREFIX:
		put_prefix_text(rest, prefix_length(record, bytes, rest), text);
		break;
	}
}

void icmpkit_record_text(const struct icmpkit_record *record, struct icmpkit_bytes bytes,
			 struct icmpkit_text *text)
{
	icmpkit_text_put(text, record->name);
	size_t name_end = text->len;

	for (size_t i = 0; i < record->field_count && is_there(&record->fields[i], bytes); i++)
		put_field_text(record, &record->fields[i], bytes, name_end, text);
	if (bytes.len < record->fixed_bytes)
		icmpkit_text_put(text, " (cut)");
	else
		put_rest_text(record, bytes, name_end, text);
}

static void put_field_json(const struct icmpkit_record_field *field, struct icmpkit_bytes bytes,
			   struct icmpkit_json *json)
{
	struct icmpkit_address address;

	switch (field->format) {
	case RECORD_RESERVED:
		if (number_of(field, bytes) == 0)
			return;
		break;
	case RECORD_FLAG:
		icmpkit_json_bool(json, field->name, number_of(field, bytes) != 0);
		return;
	case RECORD_HEX:
		icmpkit_json_hex(json, field->name, bytes_of(field, bytes));
		return;
	case RECORD_ADDRESS:
		address = load_address(bytes.data, field->first_bit, field->bits);
		icmpkit_json_address(json, field->name, &address);
		return;
	case RECORD_PREFIX:
		address = prefix_of(bytes_of(field, bytes), PREFIX_BITS_MAX);
		icmpkit_json_address(json, field->name, &address);
		return;
	case RECORD_NUMBER:
	case RECORD_OPTIONAL:
	case RECORD_PREFIX_LENGTH:
	case RECORD_PAD_LENGTH:
		break;
	}
	icmpkit_json_unsigned(json, field->name, number_of(field, bytes));
}

static void put_items_json(const struct icmpkit_record *record, struct item_reader reader,
			   struct icmpkit_json *json)
{
	char buf[ITEM_TEXT_MAX];
	struct icmpkit_text item;
	size_t count = 0;

	icmpkit_json_array(json, record->rest_name);
	for (icmpkit_text_init(&item, buf, sizeof(buf)); next_item(&reader, &item);
	     icmpkit_text_init(&item, buf, sizeof(buf))) {
		if (count++ < RECORD_ITEMS_SHOWN_MAX)
			icmpkit_json_string(json, NULL, buf);
	}
	icmpkit_json_end_array(json);
	if (count > RECORD_ITEMS_SHOWN_MAX)
		icmpkit_json_unsigned(json, "omitted", count - RECORD_ITEMS_SHOWN_MAX);
	if (is_malformed(&reader))
		icmpkit_json_bool(json, "malformed", true);
}

static void put_prefix_json(const char *key, struct icmpkit_bytes rest, uint64_t bits,
			    struct icmpkit_json *json)
{
	struct icmpkit_address prefix = prefix_of(rest, bits);

	icmpkit_json_address(json, key, &prefix);
	if (is_prefix_malformed(rest, bits))
		icmpkit_json_bool(json, "malformed", true);
}

static void put_rest_json(const struct icmpkit_record *record, struct icmpkit_bytes bytes,
			  struct icmpkit_json *json)
{
	struct icmpkit_bytes rest = rest_of(record, bytes);
	char buf[2 * RECORD_BYTES_SHOWN_MAX + 1];
	struct icmpkit_text text;

	switch (record->rest) {
	case REST_NOTHING:
		break;
	case REST_BYTES:
		icmpkit_json_hex(json, record->rest_name, cut(rest));
		if (rest.len > RECORD_BYTES_SHOWN_MAX)
			icmpkit_json_unsigned(json, "omitted", rest.len - RECORD_BYTES_SHOWN_MAX);
		break;
	case REST_COUNTED:
		icmpkit_json_unsigned(json, record->rest_name, rest.len);
		break;
	case REST_LINK_LAYER_ADDRESS:
		icmpkit_text_init(&text, buf, sizeof(buf));
		put_link_layer_address(&text, cut(rest));
		icmpkit_json_string(json, record->rest_name, buf);
		break;
	case REST_TEXT:
		icmpkit_json_string_bytes(json, record->rest_name, until_zero(rest));
		break;
	case REST_IPV4_ADDRESSES:
	case REST_IPV6_ADDRESSES:
	case REST_DNS_NAMES:
		put_items_json(record, (struct item_reader){rest, record->rest}, json);
		break;
	case REST_PREFIX:
		put_prefix_json(record->rest_name, rest, prefix_length(record, bytes, rest), json);
		break;
	}
}

void icmpkit_record_json(const struct icmpkit_record *record, struct icmpkit_bytes bytes,
			 struct icmpkit_json *json)
{
	for (size_t i = 0; i < record->field_count && is_there(&record->fields[i], bytes); i++)
		put_field_json(&record->fields[i], bytes, json);
	if (bytes.len < record->fixed_bytes)
		icmpkit_json_bool(json, "truncated", true);
	else
		put_rest_json(record, bytes, json);
}

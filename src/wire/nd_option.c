/* SPDX-License-Identifier: BSD-2-Clause */
/* Neighbour discovery options (RFC 4861 4.6): the walk, and text and JSON of the options. */
#include "wire/nd_option.h"

#include "wire/cursor.h"

#define UNIT_BYTES 8
#define HEADER_BYTES 2
#define BODY_SHOWN_MAX 64

enum {
	OPTION_SOURCE_LINK_LAYER_ADDRESS = 1,
	OPTION_TARGET_LINK_LAYER_ADDRESS = 2,
	OPTION_REDIRECTED_HEADER = 4,
};

void icmpkit_nd_option_reader_init(struct icmpkit_nd_option_reader *reader, struct icmpkit_bytes options)
{
	*reader = (struct icmpkit_nd_option_reader){.rest = options};
}

bool icmpkit_nd_option_next(struct icmpkit_nd_option_reader *reader, struct icmpkit_nd_option *out)
{
	struct reader r = reader_of(reader->rest);
	struct icmpkit_nd_option option;

	if (reader->malformed || reader->rest.len == 0)
		return false;
	option.type = read_u8(&r);
	option.length_units = read_u8(&r);
	/* RFC 4861 4.6: a length of zero is invalid (and would never end). */
	option.body = read_bytes(&r, option.length_units == 0
					     ? SIZE_MAX
					     : (size_t)option.length_units * UNIT_BYTES - HEADER_BYTES);
	if (r.overrun) {
		reader->malformed = true;
		return false;
	}
	reader->rest = read_rest(&r);
	*out = option;
	return true;
}

/* RFC 4861 4.6.3: six reserved bytes, then the datagram. */
static struct icmpkit_bytes redirected(const struct icmpkit_nd_option *option)
{
	struct reader r = reader_of(option->body);

	(void)read_bytes(&r, UNIT_BYTES - HEADER_BYTES);
	return read_rest(&r);
}

struct icmpkit_bytes icmpkit_nd_redirected_header(struct icmpkit_bytes options)
{
	struct icmpkit_nd_option_reader reader;
	struct icmpkit_nd_option option;

	icmpkit_nd_option_reader_init(&reader, options);
	while (icmpkit_nd_option_next(&reader, &option))
		if (option.type == OPTION_REDIRECTED_HEADER)
			return redirected(&option);
	return (struct icmpkit_bytes){0};
}

/* How an option is shown; @text and @json show its body. */
struct option_description {
	const char *name;
	void (*text)(const struct icmpkit_nd_option *option, struct icmpkit_text *text);
	void (*json)(const struct icmpkit_nd_option *option, struct icmpkit_json *json);
};

/* Six bytes as people write an Ethernet address (RFC 2464 6), any other number of them as plain digits. */
static void put_link_layer_address(struct icmpkit_text *text, struct icmpkit_bytes address)
{
	if (address.len != 6) {
		if (address.len > BODY_SHOWN_MAX)
			address.len = BODY_SHOWN_MAX;
		icmpkit_text_put_hex_bytes(text, address);
		return;
	}
	for (size_t i = 0; i < address.len; i++) {
		if (i > 0)
			icmpkit_text_put_char(text, ':');
		icmpkit_text_put_hex(text, address.data[i], 2);
	}
}

static void link_layer_text(const struct icmpkit_nd_option *option, struct icmpkit_text *text)
{
	icmpkit_text_put_char(text, ' ');
	put_link_layer_address(text, option->body);
}

static void link_layer_json(const struct icmpkit_nd_option *option, struct icmpkit_json *json)
{
	char buf[2 * BODY_SHOWN_MAX + 1];
	struct icmpkit_text text;

	icmpkit_text_init(&text, buf, sizeof(buf));
	put_link_layer_address(&text, option->body);
	icmpkit_json_string(json, "address", buf);
}

static void redirected_text(const struct icmpkit_nd_option *option, struct icmpkit_text *text)
{
	icmpkit_text_put(text, " of ");
	icmpkit_text_put_unsigned(text, redirected(option).len);
	icmpkit_text_put(text, " bytes");
}

static void redirected_json(const struct icmpkit_nd_option *option, struct icmpkit_json *json)
{
	icmpkit_json_unsigned(json, "quote_bytes", redirected(option).len);
}

static const struct option_description options_known[] = {
	[OPTION_SOURCE_LINK_LAYER_ADDRESS] = {"source link-layer address", link_layer_text, link_layer_json},
	[OPTION_TARGET_LINK_LAYER_ADDRESS] = {"target link-layer address", link_layer_text, link_layer_json},
	[OPTION_REDIRECTED_HEADER] = {"redirected header", redirected_text, redirected_json},
};

static const struct option_description *describe(uint8_t type)
{
	if (type >= sizeof(options_known) / sizeof(options_known[0]) || options_known[type].name == NULL)
		return NULL;
	return &options_known[type];
}

static void put_option_text(const struct icmpkit_nd_option *option, struct icmpkit_text *text)
{
	const struct option_description *description = describe(option->type);

	icmpkit_text_put(text, ", ");
	if (description != NULL) {
		icmpkit_text_put(text, description->name);
		description->text(option, text);
		return;
	}
	icmpkit_text_put(text, "option ");
	icmpkit_text_put_unsigned(text, option->type);
	icmpkit_text_put(text, " (");
	icmpkit_text_put_unsigned(text, option->body.len + HEADER_BYTES);
	icmpkit_text_put(text, " bytes)");
}

void icmpkit_nd_options_text(struct icmpkit_bytes options, struct icmpkit_text *text)
{
	struct icmpkit_nd_option_reader reader;
	struct icmpkit_nd_option option;
	size_t count = 0;

	icmpkit_nd_option_reader_init(&reader, options);
	while (icmpkit_nd_option_next(&reader, &option))
		if (count++ < ND_OPTIONS_SHOWN_MAX)
			put_option_text(&option, text);
	if (count > ND_OPTIONS_SHOWN_MAX) {
		icmpkit_text_put(text, ", ");
		icmpkit_text_put_unsigned(text, count - ND_OPTIONS_SHOWN_MAX);
		icmpkit_text_put(text, " more options");
	}
	if (reader.malformed)
		icmpkit_text_put(text, ", options malformed");
}

static void put_option_json(const struct icmpkit_nd_option *option, struct icmpkit_json *json)
{
	const struct option_description *description = describe(option->type);
	struct icmpkit_bytes shown = option->body;

	icmpkit_json_object(json, NULL);
	icmpkit_json_unsigned(json, "type", option->type);
	icmpkit_json_unsigned(json, "length", option->length_units);
	icmpkit_json_string(json, "name", description == NULL ? "unknown option" : description->name);
	if (description != NULL) {
		description->json(option, json);
	} else {
		if (shown.len > BODY_SHOWN_MAX)
			shown.len = BODY_SHOWN_MAX;
		icmpkit_json_hex(json, "body", shown);
	}
	icmpkit_json_end_object(json);
}

void icmpkit_nd_options_json(struct icmpkit_bytes options, struct icmpkit_json *json)
{
	struct icmpkit_nd_option_reader reader;
	struct icmpkit_nd_option option;
	size_t count = 0;

	icmpkit_json_array(json, "options");
	icmpkit_nd_option_reader_init(&reader, options);
	while (icmpkit_nd_option_next(&reader, &option))
		if (count++ < ND_OPTIONS_SHOWN_MAX)
			put_option_json(&option, json);
	icmpkit_json_end_array(json);
	if (count > ND_OPTIONS_SHOWN_MAX)
		icmpkit_json_unsigned(json, "options_omitted", count - ND_OPTIONS_SHOWN_MAX);
	icmpkit_json_bool(json, "options_malformed", reader.malformed);
}

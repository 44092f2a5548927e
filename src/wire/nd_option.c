/* SPDX-License-Identifier: BSD-2-Clause */
/* Neighbour discovery options (RFC 4861 4.6): the walk, and text and JSON of the options. */
#include "wire/nd_option.h"

#include <icmpkit/numbers.h>

#include "wire/cursor.h"

#define UNIT_BYTES 8
#define HEADER_BYTES 2

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
		if (option.type == ICMPKIT_ND_REDIRECTED_HEADER)
			return redirected(&option);
	return (struct icmpkit_bytes){0};
}

/* Of the options of one message, which are shown. */
struct shown {
	size_t count;
	size_t bytes;
	size_t left_out;
};

static bool is_shown(struct shown *shown, const struct icmpkit_nd_option *option)
{
	if (shown->count >= ND_OPTIONS_SHOWN_MAX || shown->bytes >= ND_OPTIONS_SHOWN_MAX_BYTES) {
		shown->left_out++;
		return false;
	}
	shown->count++;
	shown->bytes += option->body.len;
	return true;
}

static void put_option_text(const struct icmpkit_nd_option *option, struct icmpkit_text *text)
{
	const struct icmpkit_record *record = icmpkit_nd_option_record(option->type);

	icmpkit_text_put(text, ", ");
	if (record != NULL) {
		icmpkit_record_text(record, option->body, text);
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
	struct shown shown = {0};

	icmpkit_nd_option_reader_init(&reader, options);
	while (icmpkit_nd_option_next(&reader, &option))
		if (is_shown(&shown, &option))
			put_option_text(&option, text);
	if (shown.left_out > 0) {
		icmpkit_text_put(text, ", ");
		icmpkit_text_put_unsigned(text, shown.left_out);
		icmpkit_text_put(text, shown.left_out == 1 ? " more option" : " more options");
	}
	if (reader.malformed)
		icmpkit_text_put(text, ", options malformed");
}

static void put_option_json(const struct icmpkit_nd_option *option, struct icmpkit_json *json)
{
	const struct icmpkit_record *record = icmpkit_nd_option_record(option->type);
	struct icmpkit_bytes shown = option->body;

	icmpkit_json_object(json, NULL);
	icmpkit_json_unsigned(json, "type", option->type);
	icmpkit_json_unsigned(json, "length", option->length_units);
	icmpkit_json_string(json, "name", record == NULL ? "unknown option" : record->name);
	if (record != NULL) {
		icmpkit_record_json(record, option->body, json);
	} else {
		if (shown.len > RECORD_BYTES_SHOWN_MAX)
			shown.len = RECORD_BYTES_SHOWN_MAX;
		icmpkit_json_hex(json, "body", shown);
	}
	icmpkit_json_end_object(json);
}

void icmpkit_nd_options_json(struct icmpkit_bytes options, struct icmpkit_json *json)
{
	struct icmpkit_nd_option_reader reader;
	struct icmpkit_nd_option option;
	struct shown shown = {0};

	icmpkit_json_array(json, "options");
	icmpkit_nd_option_reader_init(&reader, options);
	while (icmpkit_nd_option_next(&reader, &option))
		if (is_shown(&shown, &option))
			put_option_json(&option, json);
	icmpkit_json_end_array(json);
	if (shown.left_out > 0)
		icmpkit_json_unsigned(json, "options_omitted", shown.left_out);
	icmpkit_json_bool(json, "options_malformed", reader.malformed);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* The records of a message as text and as JSON. */
#include "wire/record_list.h"

static struct icmpkit_record_walk walk_of(const struct icmpkit_message *msg)
{
	return (struct icmpkit_record_walk){.msg = msg, .rest = msg->payload};
}

static void put_record_text(const struct icmpkit_found_record *found, struct icmpkit_text *text)
{
	icmpkit_text_put(text, ", ");
	if (found->record != NULL) {
		icmpkit_record_text(found->record, found->bytes, text);
		return;
	}
	icmpkit_text_put(text, "record ");
	icmpkit_text_put_signed(text, found->type);
	icmpkit_text_put(text, " (");
	icmpkit_text_put_unsigned(text, found->bytes.len);
	icmpkit_text_put(text, found->bytes.len == 1 ? " byte)" : " bytes)");
}

void icmpkit_record_list_text(const struct icmpkit_message *msg, icmpkit_next_record *next,
			      struct icmpkit_text *text)
{
	struct icmpkit_record_walk walk = walk_of(msg);
	struct icmpkit_found_record found;
	size_t start = text->len;
	size_t shown = 0;

	for (; next(&walk, &found); walk.position++) {
		/* Once one is left out, so are all behind it. */
		if (shown == walk.position && shown < RECORDS_SHOWN_MAX &&
		    text->len - start < RECORDS_TEXT_MAX) {
			put_record_text(&found, text);
			shown++;
		}
	}
	if (walk.position > shown) {
		icmpkit_text_put(text, ", ");
		icmpkit_text_put_unsigned(text, walk.position - shown);
		icmpkit_text_put(text, walk.position - shown == 1 ? " more record" : " more records");
	}
	if (walk.malformed)
		icmpkit_text_put(text, ", records malformed");
}

static void put_record_json(const struct icmpkit_found_record *found, struct icmpkit_json *json)
{
	struct icmpkit_bytes shown = found->bytes;

	icmpkit_json_object(json, NULL);
	if (found->type != RECORD_UNNUMBERED)
		icmpkit_json_signed(json, "type", found->type);
	icmpkit_json_string(json, "name", found->record == NULL ? "unknown record" : found->record->name);
	if (found->record != NULL) {
		icmpkit_record_json(found->record, found->bytes, json);
	} else {
		if (shown.len > RECORD_BYTES_SHOWN_MAX)
			shown.len = RECORD_BYTES_SHOWN_MAX;
		icmpkit_json_hex(json, "body", shown);
		if (found->bytes.len > shown.len)
			icmpkit_json_unsigned(json, "omitted", found->bytes.len - shown.len);
	}
	icmpkit_json_end_object(json);
}

void icmpkit_record_list_json(const struct icmpkit_message *msg, icmpkit_next_record *next,
			      struct icmpkit_json *json)
{
	struct icmpkit_record_walk walk = walk_of(msg);
	struct icmpkit_found_record found;
	size_t start = json->text->len;
	size_t shown = 0;

	icmpkit_json_array(json, "records");
	for (; next(&walk, &found); walk.position++) {
		if (shown == walk.position && shown < RECORDS_SHOWN_MAX &&
		    json->text->len - start < RECORDS_JSON_MAX) {
			put_record_json(&found, json);
			shown++;
		}
	}
	icmpkit_json_end_array(json);
	if (walk.position > shown)
		icmpkit_json_unsigned(json, "records_omitted", walk.position - shown);
	icmpkit_json_bool(json, "records_malformed", walk.malformed);
}

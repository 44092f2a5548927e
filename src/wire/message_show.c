/* SPDX-License-Identifier: BSD-2-Clause */
/* A message as one line of text and as JSON, by its description. */
#include <icmpkit/extension.h>
#include <icmpkit/message.h>
#include <icmpkit/quote.h>

#include <string.h>

#include "wire/description.h"
#include "wire/nd_option.h"
#include "wire/record_list.h"

static const uint8_t *member_of(const struct icmpkit_message *msg, const struct icmpkit_field *field)
{
	return (const uint8_t *)msg + field->member_at;
}

static uint64_t number_of(const struct icmpkit_message *msg, const struct icmpkit_field *field)
{
	const uint8_t *member = member_of(msg, field);
	uint64_t u64;
	uint32_t u32;
	uint16_t u16;

	switch (field->member_bytes) {
	case sizeof(uint64_t):
		memcpy(&u64, member, sizeof(u64));
		return u64;
	case sizeof(uint32_t):
		memcpy(&u32, member, sizeof(u32));
		return u32;
	case sizeof(uint16_t):
		memcpy(&u16, member, sizeof(u16));
		return u16;
	default:
		return *member;
	}
}

static struct icmpkit_address address_of(const struct icmpkit_message *msg, const struct icmpkit_field *field)
{
	struct icmpkit_address address;

	memcpy(&address, member_of(msg, field), sizeof(address));
	return address;
}

/* Names are in snake case for JSON; people get spaces. */
static void put_field_name(struct icmpkit_text *text, const char *name)
{
	icmpkit_text_put(text, ", ");
	for (; *name != '\0'; name++)
		icmpkit_text_put_char(text, *name == '_' ? ' ' : *name);
}

static unsigned int hex_digits(const struct icmpkit_field *field)
{
	return (field->bits + 3U) / 4;
}

static void put_field_text(const struct icmpkit_message *msg, const struct icmpkit_field *field,
			   struct icmpkit_text *text)
{
	struct icmpkit_address address;

	switch (field->format) {
	case FORMAT_ADDRESS:
		address = address_of(msg, field);
		put_field_name(text, field->name);
		icmpkit_text_put_char(text, ' ');
		icmpkit_text_put_address(text, &address);
		return;
	case FORMAT_FLAG:
		if (number_of(msg, field) != 0)
			put_field_name(text, field->name);
		return;
	case FORMAT_OPTIONAL:
	case FORMAT_RESERVED:
		if (number_of(msg, field) == 0)
			return;
		break;
	case FORMAT_HEX:
		put_field_name(text, field->name);
		icmpkit_text_put_char(text, ' ');
		icmpkit_text_put_hex(text, number_of(msg, field), hex_digits(field));
		return;
	case FORMAT_NUMBER:
		break;
	}
	put_field_name(text, field->name);
	icmpkit_text_put_char(text, ' ');
	icmpkit_text_put_unsigned(text, number_of(msg, field));
}

static void put_code_text(const struct icmpkit_message *msg,
			  const struct icmpkit_message_description *description, struct icmpkit_text *text)
{
	const char *name = icmpkit_code_name(msg->family, msg->type, msg->code);

	if (description != NULL && description->code_field != NULL) {
		put_field_name(text, description->code_field);
		icmpkit_text_put_char(text, ' ');
		icmpkit_text_put_unsigned(text, msg->code);
		return;
	}
	if (name != NULL) {
		icmpkit_text_put(text, " (");
		icmpkit_text_put(text, name);
		icmpkit_text_put_char(text, ')');
	} else if (msg->code != 0) {
		icmpkit_text_put(text, " (code ");
		icmpkit_text_put_unsigned(text, msg->code);
		icmpkit_text_put_char(text, ')');
	}
}

static void put_variant_text(const struct icmpkit_message *msg,
			     const struct icmpkit_message_description *description, struct icmpkit_text *text)
{
	const char *variant = description->variant == NULL ? NULL : description->variant(msg);

	if (variant == NULL)
		return;
	icmpkit_text_put(text, ", ");
	icmpkit_text_put(text, variant);
}

static void put_data_text(const struct icmpkit_message *msg, struct icmpkit_text *text)
{
	icmpkit_text_put(text, ", ");
	icmpkit_text_put_unsigned(text, msg->payload.len);
	icmpkit_text_put(text, msg->payload.len == 1 ? " byte of data" : " bytes of data");
}

static void put_quote_text(const struct icmpkit_message *msg, struct icmpkit_text *text)
{
	struct icmpkit_quote quote;

	icmpkit_quote_parse(msg->quote, &quote);
	icmpkit_text_put(text, ", quoting ");
	icmpkit_quote_text(&quote, text);
}

static void put_extensions_text(const struct icmpkit_message *msg, struct icmpkit_text *text)
{
	if (msg->extension_status == ICMPKIT_EXTENSION_NONE)
		return;
	if (msg->extension_status != ICMPKIT_EXTENSION_COMPLIANT) {
		icmpkit_text_put(text, ", extensions ");
		icmpkit_text_put(text, icmpkit_extension_status_name(msg->extension_status));
	}
	icmpkit_extensions_text(msg->extensions, text);
}

static void put_tail_text(const struct icmpkit_message *msg,
			  const struct icmpkit_message_description *description, struct icmpkit_text *text)
{
	switch (description->tail) {
	case TAIL_DATA:
		put_data_text(msg, text);
		break;
	case TAIL_QUOTE:
		put_quote_text(msg, text);
		put_extensions_text(msg, text);
		break;
	case TAIL_ND_OPTIONS:
		icmpkit_nd_options_text(msg->payload, text);
		if (msg->quote.len > 0)
			put_quote_text(msg, text);
		break;
	case TAIL_RECORDS:
		description->put_records_text(msg, text);
		break;
	case TAIL_RECORD_LIST:
		icmpkit_record_list_text(msg, description->next_record, text);
		break;
	}
}

void icmpkit_message_text(const struct icmpkit_message *msg, struct icmpkit_text *text)
{
	const struct icmpkit_message_description *description =
		icmpkit_message_description(msg->family, msg->type);

	if (description == NULL) {
		icmpkit_text_put(text, "type ");
		icmpkit_text_put_unsigned(text, msg->type);
		put_code_text(msg, NULL, text);
		put_data_text(msg, text);
		return;
	}
	icmpkit_text_put(text, description->name);
	put_code_text(msg, description, text);
	put_variant_text(msg, description, text);
	for (size_t i = 0; i < description->field_count; i++)
		put_field_text(msg, &description->fields[i], text);
	put_tail_text(msg, description, text);
}

static void put_field_json(const struct icmpkit_message *msg, const struct icmpkit_field *field,
			   struct icmpkit_json *json)
{
	struct icmpkit_address address;
	struct icmpkit_text digits;
	char buf[17];

	switch (field->format) {
	case FORMAT_ADDRESS:
		address = address_of(msg, field);
		icmpkit_json_address(json, field->name, &address);
		return;
	case FORMAT_FLAG:
		icmpkit_json_bool(json, field->name, number_of(msg, field) != 0);
		return;
	case FORMAT_RESERVED:
		if (number_of(msg, field) == 0)
			return;
		break;
	case FORMAT_HEX:
		icmpkit_text_init(&digits, buf, sizeof(buf));
		icmpkit_text_put_hex(&digits, number_of(msg, field), hex_digits(field));
		icmpkit_json_string(json, field->name, buf);
		return;
	case FORMAT_NUMBER:
	case FORMAT_OPTIONAL:
		break;
	}
	icmpkit_json_unsigned(json, field->name, number_of(msg, field));
}

static void put_quote_json(const struct icmpkit_message *msg, struct icmpkit_json *json)
{
	struct icmpkit_quote quote;

	icmpkit_quote_parse(msg->quote, &quote);
	icmpkit_quote_json(&quote, json, "quoted");
	icmpkit_json_unsigned(json, "quote_bytes", msg->quote.len);
}

static bool objects_malformed(struct icmpkit_bytes structure)
{
	struct icmpkit_extension_reader reader;
	struct icmpkit_extension object;

	icmpkit_extension_reader_init(&reader, structure);
	while (icmpkit_extension_next(&reader, &object))
		continue;
	return reader.malformed;
}

/* What failed its checksum goes under a key of its own: nobody shall take it for the truth unawares. */
static void put_extensions_json(const struct icmpkit_message *msg, struct icmpkit_json *json)
{
	const struct icmpkit_bytes nothing = {0};
	bool is_bad = msg->extension_status == ICMPKIT_EXTENSION_BAD_CHECKSUM;

	icmpkit_extensions_json(is_bad ? nothing : msg->extensions, json, "extensions");
	if (is_bad)
		icmpkit_extensions_json(msg->extensions, json, "extensions_unverified");
	icmpkit_json_string(json, "extension_status", icmpkit_extension_status_name(msg->extension_status));
	icmpkit_json_bool(json, "extensions_malformed", objects_malformed(msg->extensions));
}

static void put_tail_json(const struct icmpkit_message *msg,
			  const struct icmpkit_message_description *description, struct icmpkit_json *json)
{
	switch (description == NULL ? TAIL_DATA : description->tail) {
	case TAIL_DATA:
		icmpkit_json_unsigned(json, "payload_bytes", msg->payload.len);
		break;
	case TAIL_QUOTE:
		put_quote_json(msg, json);
		put_extensions_json(msg, json);
		break;
	case TAIL_ND_OPTIONS:
		if (msg->quote.len > 0)
			put_quote_json(msg, json);
		icmpkit_nd_options_json(msg->payload, json);
		break;
	case TAIL_RECORDS:
		description->put_records_json(msg, json);
		break;
	case TAIL_RECORD_LIST:
		icmpkit_record_list_json(msg, description->next_record, json);
		break;
	}
}

void icmpkit_message_json_members(const struct icmpkit_message *msg, struct icmpkit_json *json)
{
	const struct icmpkit_message_description *description =
		icmpkit_message_description(msg->family, msg->type);
	size_t field_count = description == NULL ? 0 : description->field_count;

	icmpkit_json_unsigned(json, "version", msg->family);
	icmpkit_json_unsigned(json, "type", msg->type);
	icmpkit_json_unsigned(json, "code", msg->code);
	icmpkit_json_string(json, "name", icmpkit_message_name(msg->family, msg->type, msg->code));
	icmpkit_json_unsigned(json, "checksum", msg->checksum);
	if (description != NULL && description->variant != NULL)
		icmpkit_json_string(json, "variant", description->variant(msg));
	icmpkit_json_object(json, "fields");
	if (description != NULL && description->code_field != NULL)
		icmpkit_json_unsigned(json, description->code_field, msg->code);
	for (size_t i = 0; i < field_count; i++)
		put_field_json(msg, &description->fields[i], json);
	icmpkit_json_end_object(json);
	put_tail_json(msg, description, json);
}

void icmpkit_message_json(const struct icmpkit_message *msg, struct icmpkit_json *json, const char *key)
{
	icmpkit_json_object(json, key);
	icmpkit_message_json_members(msg, json);
	icmpkit_json_end_object(json);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* The objects of an RFC 4884 structure as text and as JSON, by the descriptions of their classes. */
#include <icmpkit/extension.h>

#include <icmpkit/numbers.h>

#include "wire/extension_object.h"

#define PAYLOAD_SHOWN_MAX 64

/* A line a class that has a file of its own. */
#define EACH_EXTENSION_OBJECT(OBJECT)                                                                        \
	OBJECT(mpls)                                                                                         \
	OBJECT(interface_information)

#define DECLARE(name) extern const struct icmpkit_extension_description icmpkit_extension_##name;
EACH_EXTENSION_OBJECT(DECLARE)

#define ENTRY(name) &icmpkit_extension_##name,
static const struct icmpkit_extension_description *const objects[] = {EACH_EXTENSION_OBJECT(ENTRY)};

/* The classes that have no more than a name so far. */
static const struct icmpkit_extension_description named_only[] = {
	{.class_num = ICMPKIT_EXTENSION_INTERFACE_IDENTIFICATION, .name = "interface identification"},
	{.class_num = ICMPKIT_EXTENSION_EXTENDED_INFORMATION, .name = "extended information"},
};

static const struct icmpkit_extension_description *describe(uint8_t class_num)
{
	for (size_t i = 0; i < sizeof(objects) / sizeof(objects[0]); i++)
		if (objects[i]->class_num == class_num)
			return objects[i];
	for (size_t i = 0; i < sizeof(named_only) / sizeof(named_only[0]); i++)
		if (named_only[i].class_num == class_num)
			return &named_only[i];
	return NULL;
}

const char *icmpkit_extension_name(const struct icmpkit_extension *object)
{
	const struct icmpkit_extension_description *description = describe(object->class_num);

	return description == NULL ? "unknown object" : description->name;
}

/* The description if it can read this very object. */
static const struct icmpkit_extension_description *describe_readable(const struct icmpkit_extension *object)
{
	const struct icmpkit_extension_description *description = describe(object->class_num);

	if (description == NULL || description->json == NULL)
		return NULL;
	return description->knows == NULL || description->knows(object) ? description : NULL;
}

static void put_object_text(const struct icmpkit_extension *object, struct icmpkit_text *text)
{
	const struct icmpkit_extension_description *description = describe_readable(object);

	icmpkit_text_put(text, ", ");
	if (description != NULL) {
		description->text(object, text);
		return;
	}
	icmpkit_text_put(text, icmpkit_extension_name(object));
	icmpkit_text_put(text, " (class ");
	icmpkit_text_put_unsigned(text, object->class_num);
	icmpkit_text_put(text, " c-type ");
	icmpkit_text_put_unsigned(text, object->c_type);
	icmpkit_text_put(text, ", ");
	icmpkit_text_put_unsigned(text, object->payload.len);
	icmpkit_text_put(text, " bytes)");
}

void icmpkit_extensions_text(struct icmpkit_bytes structure, struct icmpkit_text *text)
{
	struct icmpkit_extension_reader reader;
	struct icmpkit_extension object;
	size_t count = 0;

	icmpkit_extension_reader_init(&reader, structure);
	while (icmpkit_extension_next(&reader, &object))
		if (count++ < ICMPKIT_EXTENSIONS_SHOWN_MAX)
			put_object_text(&object, text);
	if (count > ICMPKIT_EXTENSIONS_SHOWN_MAX) {
		icmpkit_text_put(text, ", ");
		icmpkit_text_put_unsigned(text, count - ICMPKIT_EXTENSIONS_SHOWN_MAX);
		icmpkit_text_put(text, " more objects");
	}
	if (reader.malformed)
		icmpkit_text_put(text, ", extensions malformed");
}

static void put_object_json(const struct icmpkit_extension *object, struct icmpkit_json *json)
{
	const struct icmpkit_extension_description *description = describe_readable(object);
	struct icmpkit_bytes shown = object->payload;

	icmpkit_json_object(json, NULL);
	icmpkit_json_unsigned(json, "class", object->class_num);
	icmpkit_json_unsigned(json, "c_type", object->c_type);
	icmpkit_json_string(json, "name", icmpkit_extension_name(object));
	if (description != NULL) {
		description->json(object, json);
	} else {
		if (shown.len > PAYLOAD_SHOWN_MAX)
			shown.len = PAYLOAD_SHOWN_MAX;
		icmpkit_json_unsigned(json, "payload_bytes", object->payload.len);
		icmpkit_json_hex(json, "payload", shown);
	}
	icmpkit_json_end_object(json);
}

void icmpkit_extensions_json(struct icmpkit_bytes structure, struct icmpkit_json *json, const char *key)
{
	struct icmpkit_extension_reader reader;
	struct icmpkit_extension object;
	size_t count = 0;

	icmpkit_json_array(json, key);
	icmpkit_extension_reader_init(&reader, structure);
	while (icmpkit_extension_next(&reader, &object))
		if (count++ < ICMPKIT_EXTENSIONS_SHOWN_MAX)
			put_object_json(&object, json);
	if (count > ICMPKIT_EXTENSIONS_SHOWN_MAX) {
		icmpkit_json_object(json, NULL);
		icmpkit_json_string(json, "name", "omitted");
		icmpkit_json_unsigned(json, "count", count - ICMPKIT_EXTENSIONS_SHOWN_MAX);
		icmpkit_json_end_object(json);
	}
	icmpkit_json_end_array(json);
}

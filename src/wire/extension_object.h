/* SPDX-License-Identifier: BSD-2-Clause */
/** extension_object.h - How a class of RFC 4884 objects is described: one file a class, one line in a list.
 */
#ifndef WIRE_EXTENSION_OBJECT_H
#define WIRE_EXTENSION_OBJECT_H

#include <icmpkit/extension.h>

/** @text and @json may be NULL: then the payload is shown as it is. */
struct icmpkit_extension_description {
	uint8_t class_num;
	const char *name;
	/* Is this an object we can read? NULL: every c-type is. */
	bool (*knows)(const struct icmpkit_extension *object);
	void (*text)(const struct icmpkit_extension *object, struct icmpkit_text *text);
	/* Members into the object that is open. */
	void (*json)(const struct icmpkit_extension *object, struct icmpkit_json *json);
};

#endif

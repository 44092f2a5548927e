/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The RFC 4884 extension structure: walking and writing its objects.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+-----------------------+-------------------------------+
 * |Version|      (Reserved)       |           Checksum            |   RFC 4884 7.1: the structure's header
 * +-------+-----------------------+-------------------------------+
 * |             Length            |   Class-Num   |   C-Type      |   RFC 4884 7.2: an object's header
 * +-------------------------------+---------------+---------------+
 * |                   // (Object payload) //                      |
 * +---------------------------------------------------------------+
 */
#include <icmpkit/extension.h>

#include <limits.h>

#include <icmpkit/checksum.h>

#include "wire/cursor.h"

#define STRUCTURE_HEADER_BYTES 4
#define OBJECT_HEADER_BYTES 4
#define VERSION_2 0x20

void icmpkit_extension_reader_init(struct icmpkit_extension_reader *reader, struct icmpkit_bytes structure)
{
	struct reader r = reader_of(structure);

	(void)read_bytes(&r, STRUCTURE_HEADER_BYTES);
	*reader = (struct icmpkit_extension_reader){
		.malformed = r.overrun && structure.len > 0,
		.rest = read_rest(&r),
	};
}

bool icmpkit_extension_next(struct icmpkit_extension_reader *reader, struct icmpkit_extension *out)
{
	struct reader r = reader_of(reader->rest);
	struct icmpkit_extension object;
	uint16_t len;

	if (reader->malformed || reader->rest.len == 0)
		return false;
	len = read_u16(&r);
	object.class_num = read_u8(&r);
	object.c_type = read_u8(&r);
	/* RFC 4884 7.2: the length counts the header too. */
	object.payload =
		read_bytes(&r, len < OBJECT_HEADER_BYTES ? SIZE_MAX : len - (size_t)OBJECT_HEADER_BYTES);
	if (r.overrun) {
		reader->malformed = true;
		return false;
	}
	reader->rest = read_rest(&r);
	*out = object;
	return true;
}

static int object_len(const struct icmpkit_extension *object)
{
	if (object->payload.len > UINT16_MAX - OBJECT_HEADER_BYTES || object->payload.len % 4 != 0)
		return ICMPKIT_ERR_RANGE;
	return OBJECT_HEADER_BYTES + (int)object->payload.len;
}

int icmpkit_extensions_write(const struct icmpkit_extension *objects, size_t count, uint8_t *buf, size_t cap)
{
	struct writer w = writer_of(buf, cap < INT_MAX ? cap : INT_MAX);
	uint16_t checksum;

	write_u8(&w, VERSION_2);
	write_u8(&w, 0);
	write_u16(&w, 0);
	for (size_t i = 0; i < count; i++) {
		int len = object_len(&objects[i]);

		if (len < 0)
			return len;
		write_u16(&w, (uint16_t)len);
		write_u8(&w, objects[i].class_num);
		write_u8(&w, objects[i].c_type);
		write_bytes(&w, objects[i].payload);
	}
	if (w.overflow)
		return ICMPKIT_ERR_NO_SPACE;
	checksum = icmpkit_checksum((struct icmpkit_bytes){buf, w.len});
	buf[2] = (uint8_t)(checksum >> 8);
	buf[3] = (uint8_t)checksum;
	return (int)w.len;
}

const char *icmpkit_extension_status_name(enum icmpkit_extension_status status)
{
	static const char *const names[] = {
		[ICMPKIT_EXTENSION_NONE] = "none",
		[ICMPKIT_EXTENSION_COMPLIANT] = "compliant",
		[ICMPKIT_EXTENSION_LEGACY] = "legacy",
		[ICMPKIT_EXTENSION_LENGTH_WRONG] = "length-wrong",
		[ICMPKIT_EXTENSION_LENGTH_SHORT] = "length-short",
		[ICMPKIT_EXTENSION_UNVERIFIED] = "unverified",
		[ICMPKIT_EXTENSION_BAD_CHECKSUM] = "bad-checksum",
	};

	return (size_t)status < sizeof(names) / sizeof(names[0]) ? names[status] : "unknown";
}

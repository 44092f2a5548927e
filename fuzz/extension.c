/* SPDX-License-Identifier: BSD-2-Clause */
/* RFC 4884 structures: the walk ends, objects are read and shown, and what could be walked whole is written
 * to the same objects. */
#include <icmpkit/extension.h>

#include <icmpkit/checksum.h>

#include "require.h"

#define OBJECTS_MAX 64
#define ROOM 65536

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void read_object(const struct icmpkit_extension *object)
{
	struct icmpkit_interface_information info;
	struct icmpkit_mpls_entry entry;
	size_t entries = 0;

	while (icmpkit_mpls_entry_at(object, entries, &entry)) {
		require(entry.label <= 0xfffff && entry.traffic_class <= 7);
		entries++;
	}
	require(entries <= object->payload.len / 4);
	icmpkit_interface_information_parse(object, &info);
	require(info.name.len <= 63);
	require(icmpkit_extension_name(object) != NULL);
}

static void require_clean_output(struct icmpkit_bytes structure)
{
	char *buf = malloc(ROOM);
	struct icmpkit_text text;
	struct icmpkit_json json;

	require(buf != NULL);
	icmpkit_text_init(&text, buf, ROOM);
	icmpkit_extensions_text(structure, &text);
	require_printable(&text);
	icmpkit_text_init(&text, buf, ROOM);
	icmpkit_json_init(&json, &text);
	icmpkit_extensions_json(structure, &json, NULL);
	require_printable(&text);
	require_json(buf);
	free(buf);
}

static void require_written_again(const struct icmpkit_extension *objects, size_t count,
				  struct icmpkit_bytes structure)
{
	uint8_t *buf = malloc(structure.len);
	int written;

	require(buf != NULL);
	written = icmpkit_extensions_write(objects, count, buf, structure.len);
	/* objects whose length is no multiple of four are read and not written */
	if (written != ICMPKIT_ERR_RANGE) {
		require(written == (int)structure.len);
		require(icmpkit_checksum((struct icmpkit_bytes){buf, structure.len}) == 0);
		require(memcmp(buf + 4, structure.data + 4, structure.len - 4) == 0);
	}
	free(buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct icmpkit_bytes structure = {data, len};
	struct icmpkit_extension objects[OBJECTS_MAX];
	struct icmpkit_extension_reader reader;
	struct icmpkit_extension object;
	size_t count = 0;

	icmpkit_extension_reader_init(&reader, structure);
	while (icmpkit_extension_next(&reader, &object)) {
		read_object(&object);
		if (count < OBJECTS_MAX)
			objects[count] = object;
		count++;
	}
	require(count <= len / 4);
	require_clean_output(structure);
	if (!reader.malformed && len >= 4 && count <= OBJECTS_MAX)
		require_written_again(objects, count, structure);
	return 0;
}

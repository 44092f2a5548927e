/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The interface information object (RFC 5837 4): which interface the datagram met. The c-type says what the
 * object holds, in this order:
 *
 *   bit  0       1       2       3       4       5       6       7
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 *    | Interface Role| Rsvd1 | Rsvd2 |ifIndex| IPAddr|  name |  MTU  |
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 */
#include "wire/extension_object.h"

#include <icmpkit/numbers.h>

#include "wire/cursor.h"

#define HAS_INDEX 0x08
#define HAS_ADDRESS 0x04
#define HAS_NAME 0x02
#define HAS_MTU 0x01

#define NAME_PART_MAX 64

/* RFC 5837 4.2. An unknown address family leaves no way to tell where the next part begins. */
static bool read_address_part(struct reader *r, struct icmpkit_address *out)
{
	uint16_t address_family = read_u16(r);
	enum icmpkit_family family = ICMPKIT_FAMILY_NONE;

	(void)read_u16(r);
	if (address_family == 1)
		family = ICMPKIT_IPV4;
	else if (address_family == 2)
		family = ICMPKIT_IPV6;
	*out = read_address(r, family);
	return out->family != ICMPKIT_FAMILY_NONE;
}

/* RFC 5837 4.3: an octet that counts itself and the name, padded with zeros to a multiple of four. */
static bool read_name_part(struct reader *r, struct icmpkit_bytes *out)
{
	uint8_t len = read_u8(r);
	struct icmpkit_bytes name;

	if (len == 0 || len > NAME_PART_MAX)
		return false;
	name = read_bytes(r, len - (size_t)1);
	while (name.len > 0 && name.data[name.len - 1] == 0)
		name.len--;
	*out = name;
	return !r->overrun;
}

static bool read_number_part(struct reader *r, bool *has, uint32_t *out)
{
	*out = read_u32(r);
	*has = !r->overrun;
	return *has;
}

static bool read_parts(const struct icmpkit_extension *object, struct icmpkit_interface_information *info)
{
	struct reader r = reader_of(object->payload);

	if ((object->c_type & HAS_INDEX) != 0 && !read_number_part(&r, &info->has_index, &info->index))
		return false;
	if ((object->c_type & HAS_ADDRESS) != 0 && !read_address_part(&r, &info->address))
		return false;
	if ((object->c_type & HAS_NAME) != 0 && !read_name_part(&r, &info->name))
		return false;
	if ((object->c_type & HAS_MTU) != 0 && !read_number_part(&r, &info->has_mtu, &info->mtu))
		return false;
	return true;
}

void icmpkit_interface_information_parse(const struct icmpkit_extension *object,
					 struct icmpkit_interface_information *out)
{
	struct icmpkit_interface_information info = {
		.role = (enum icmpkit_interface_role)(object->c_type >> 6),
	};

	info.malformed = !read_parts(object, &info);
	*out = info;
}

static const char *const role_name[] = {
	[ICMPKIT_INTERFACE_INCOMING] = "incoming",
	[ICMPKIT_INTERFACE_SUB_IP] = "sub-ip",
	[ICMPKIT_INTERFACE_OUTGOING] = "outgoing",
	[ICMPKIT_INTERFACE_NEXT_HOP] = "next-hop",
};

static void put_text(const struct icmpkit_extension *object, struct icmpkit_text *text)
{
	struct icmpkit_interface_information info;

	icmpkit_interface_information_parse(object, &info);
	icmpkit_text_put(text, role_name[info.role]);
	icmpkit_text_put(text, " interface");
	if (info.name.len > 0) {
		icmpkit_text_put_char(text, ' ');
		icmpkit_text_put_escaped(text, info.name);
	}
	if (info.has_index) {
		icmpkit_text_put(text, " index ");
		icmpkit_text_put_unsigned(text, info.index);
	}
	if (info.address.family != ICMPKIT_FAMILY_NONE) {
		icmpkit_text_put(text, " address ");
		icmpkit_text_put_address(text, &info.address);
	}
	if (info.has_mtu) {
		icmpkit_text_put(text, " MTU ");
		icmpkit_text_put_unsigned(text, info.mtu);
	}
	if (info.malformed)
		icmpkit_text_put(text, " (malformed)");
}

static void put_number_json(struct icmpkit_json *json, const char *key, bool has, uint32_t value)
{
	if (has)
		icmpkit_json_unsigned(json, key, value);
	else
		icmpkit_json_null(json, key);
}

static void put_json(const struct icmpkit_extension *object, struct icmpkit_json *json)
{
	struct icmpkit_interface_information info;

	icmpkit_interface_information_parse(object, &info);
	icmpkit_json_string(json, "role", role_name[info.role]);
	put_number_json(json, "index", info.has_index, info.index);
	icmpkit_json_address(json, "address", &info.address);
	if (info.name.len > 0)
		icmpkit_json_string_bytes(json, "interface_name", info.name);
	else
		icmpkit_json_null(json, "interface_name");
	put_number_json(json, "mtu", info.has_mtu, info.mtu);
	icmpkit_json_bool(json, "malformed", info.malformed);
}

const struct icmpkit_extension_description icmpkit_extension_interface_information = {
	.class_num = ICMPKIT_EXTENSION_INTERFACE_INFORMATION,
	.name = "interface information",
	.text = put_text,
	.json = put_json,
};

/* SPDX-License-Identifier: BSD-2-Clause */
/* ICMP errors as the kernel's error queue tells them (ip(7), IP_RECVERR). */
#include "net/error_queue.h"

#include <errno.h>

#include <icmpkit/numbers.h>

static enum icmpkit_kind kind_of(enum icmpkit_family family, uint8_t type)
{
	/* A description needs a message: the fixed part of an error is eight bytes in both families. */
	uint8_t fixed[8] = {type};
	struct icmpkit_message message;

	if (icmpkit_decode(family, (struct icmpkit_bytes){fixed, sizeof(fixed)}, &message) < 0)
		return ICMPKIT_KIND_UNKNOWN;
	return message.kind;
}

/* The one number of the fixed part that the kernel hands over. */
static void set_info(struct icmpkit_message *message, uint32_t info)
{
	if (message->kind == ICMPKIT_KIND_PACKET_TOO_BIG)
		message->too_big.mtu = info;
	else if (message->kind == ICMPKIT_KIND_DESTINATION_UNREACHABLE && message->family == ICMPKIT_IPV4)
		message->unreachable.next_hop_mtu = (uint16_t)info;
	else if (message->kind == ICMPKIT_KIND_PARAMETER_PROBLEM)
		message->parameter_problem.pointer = info;
}

/* Where the kernel found a valid RFC 4884 structure, it says at which offset of the data. */
static void set_extensions(const struct icmpkit_received *received, struct icmpkit_message *message)
{
	struct sock_ee_data_rfc4884 where = received->error.ee_rfc4884;

	message->quote = received->bytes;
	if (where.len == 0 || where.len >= received->bytes.len ||
	    (where.flags & SO_EE_RFC4884_FLAG_INVALID) != 0)
		return;
	message->quote.len = where.len;
	message->extensions =
		(struct icmpkit_bytes){received->bytes.data + where.len, received->bytes.len - where.len};
	message->extension_status = ICMPKIT_EXTENSION_COMPLIANT;
}

/* What a host that finds no neighbour tells itself (RFC 1122 2.3.2.2; RFC 4861 7.2.2). */
static bool set_local(const struct icmpkit_way *way, const struct icmpkit_received *received,
		      const struct icmpkit_address *own, struct icmpkit_arrival *out)
{
	bool is_v4 = way->family == ICMPKIT_IPV4;

	if (received->error.ee_errno != EHOSTUNREACH)
		return false;
	out->from = *own;
	out->message.type = is_v4 ? ICMPKIT_V4_DESTINATION_UNREACHABLE : ICMPKIT_V6_DESTINATION_UNREACHABLE;
	out->message.code = is_v4 ? ICMPKIT_V4_HOST_UNREACHABLE : ICMPKIT_V6_ADDRESS_UNREACHABLE;
	return true;
}

bool icmpkit_error_queue_read(const struct icmpkit_way *way, const struct icmpkit_received *received,
			      const struct icmpkit_address *own, struct icmpkit_arrival *out)
{
	uint8_t origin = received->error.ee_origin;

	out->kind = ICMPKIT_ARRIVAL_ICMP;
	out->socket_matched = true;
	out->checksum_ok = true;
	out->message.family = way->family;
	if (origin == SO_EE_ORIGIN_LOCAL) {
		if (!set_local(way, received, own, out))
			return false;
	} else if (origin == SO_EE_ORIGIN_ICMP || origin == SO_EE_ORIGIN_ICMP6) {
		out->from = received->offender;
		out->message.type = received->error.ee_type;
		out->message.code = received->error.ee_code;
	} else {
		return false;
	}
	out->message.kind = kind_of(way->family, out->message.type);
	set_info(&out->message, received->error.ee_info);
	set_extensions(received, &out->message);
	struct icmpkit_received quoted = *received;

	quoted.bytes = out->message.quote;
	out->quote = (struct icmpkit_quote){
		.family = way->family,
		.dst = received->from,
		.header_checksum_ok = true,
		.transport = quoted.bytes,
	};
	return way->operations->read_quote(way, &quoted, &out->quote);
}

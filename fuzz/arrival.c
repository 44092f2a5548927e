/* SPDX-License-Identifier: BSD-2-Clause */
/* What the ways out read from any bytes that a socket or its error queue could hand over: nothing outside of
 * them, and never malformed and an arrival at once. */
#include <stdlib.h>

#include "net/error_queue.h"
#include "require.h"

#define PORT 40000

/* What the fuzzer gave, taken from the front. */
struct input {
	const uint8_t *data;
	size_t len;
};

static uint8_t take(struct input *input)
{
	if (input->len == 0)
		return 0;
	input->len--;
	return *input->data++;
}

static uint16_t take_u16(struct input *input)
{
	uint8_t high = take(input);

	return (uint16_t)(high << 8 | take(input));
}

static struct icmpkit_address address_of(enum icmpkit_family family, uint8_t last)
{
	uint8_t bytes[16] = {10};

	bytes[icmpkit_address_len(family) - 1] = last;
	return icmpkit_address_from_bytes(family, bytes);
}

static void require_inside(struct icmpkit_bytes part, struct icmpkit_bytes whole)
{
	if (part.len > 0)
		require(part.data >= whole.data && part.len <= whole.len &&
			(size_t)(part.data - whole.data) <= whole.len - part.len);
}

static void require_arrival(const struct icmpkit_arrival *arrival, struct icmpkit_bytes whole)
{
	require_inside(arrival->message.payload, whole);
	require_inside(arrival->message.quote, whole);
	require_inside(arrival->message.extensions, whole);
	require_inside(arrival->quote.transport, whole);
	require_inside(arrival->quote.payload, whole);
	require_inside(arrival->data, whole);
	require(arrival->message.quote.len <= whole.len - arrival->message.extensions.len);
	require(arrival->quote.depth <= ICMPKIT_QUOTE_TRANSPORT);
	require(arrival->len <= whole.len);
}

static void fuzz_packet(const struct icmpkit_way *way, struct icmpkit_received *received)
{
	struct icmpkit_arrival arrival = {.from = received->from, .len = received->bytes.len};
	bool is_malformed = false;

	if (way->operations->read(way, received, &arrival, &is_malformed)) {
		require(!is_malformed);
		require_arrival(&arrival, received->bytes);
	}
}

static void fuzz_error(struct input *input, const struct icmpkit_way *way, struct icmpkit_received *received)
{
	struct icmpkit_address own = address_of(way->family, 1);
	struct icmpkit_arrival arrival = {.from = received->from};

	received->has_error = true;
	received->error.ee_origin = take(input);
	received->error.ee_errno = take(input);
	received->error.ee_type = take(input);
	received->error.ee_code = take(input);
	received->error.ee_info = take_u16(input);
	received->error.ee_rfc4884.len = take_u16(input);
	received->error.ee_rfc4884.flags = take(input);
	received->bytes = (struct icmpkit_bytes){input->data, input->len};
	if (!icmpkit_error_queue_read(way, received, &own, &arrival))
		return;
	require(arrival.kind == ICMPKIT_ARRIVAL_ICMP && arrival.message.family == way->family);
	require_arrival(&arrival, received->bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte chooses the reading: its lowest bit the family, the others the way, first packets, then
 * errors.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct icmpkit_way_operations *const ways[] = {
		&icmpkit_way_raw_icmp, &icmpkit_way_raw_tcp,	 &icmpkit_way_ping_socket,
		&icmpkit_way_udp,      &icmpkit_way_ping_socket, &icmpkit_way_udp,
	};
	struct input input = {data, size};
	uint8_t which = take(&input);
	size_t reading = which / 2 % (sizeof(ways) / sizeof(ways[0]));
	enum icmpkit_family family = (which & 1) != 0 ? ICMPKIT_IPV6 : ICMPKIT_IPV4;
	struct icmpkit_way way = {.operations = ways[reading], .family = family, .port = PORT};
	struct icmpkit_received received = {
		.bytes = {input.data, input.len},
		.from = address_of(family, 2),
		.from_port = 33434,
		.offender = address_of(family, 3),
	};

	if (reading < 4)
		fuzz_packet(&way, &received);
	else
		fuzz_error(&input, &way, &received);
	return 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Datagrams: as they are, behind an Ethernet header, and in a frame of every link type. What a parsed header
 * says can be written, and is read back the same. */
#include <icmpkit/datagram.h>
#include <icmpkit/ethernet.h>
#include <icmpkit/frame.h>

#include "require.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static bool is_inside(struct icmpkit_bytes part, struct icmpkit_bytes whole)
{
	if (part.len == 0)
		return true;
	return part.data >= whole.data && part.len <= whole.len &&
	       (size_t)(part.data - whole.data) <= whole.len - part.len;
}

static void require_read_back(const struct icmpkit_datagram *dg)
{
	uint8_t *buf = malloc(40 + dg->payload.len);
	struct icmpkit_datagram back;
	int header_len;

	require(buf != NULL);
	header_len = icmpkit_datagram_write(dg, buf, 40 + dg->payload.len);
	/* a jumbogram, or a fragment's identification in a header that has 16 bits for it: fine to refuse */
	if (header_len > 0) {
		if (dg->payload.len > 0)
			memcpy(buf + header_len, dg->payload.data, dg->payload.len);
		/* the protocol may name an extension header that the payload is not */
		if (icmpkit_datagram_parse((struct icmpkit_bytes){buf, (size_t)header_len + dg->payload.len},
					   &back) == 0) {
			require(icmpkit_address_equal(&back.src, &dg->src));
			require(icmpkit_address_equal(&back.dst, &dg->dst));
			require(back.hop_limit == dg->hop_limit);
			require(back.traffic_class == dg->traffic_class);
			require(back.flow_label == dg->flow_label);
			require(back.header_checksum_ok);
			require(!back.truncated);
		}
	}
	free(buf);
}

static void check(struct icmpkit_bytes wire)
{
	struct icmpkit_datagram dg;

	if (icmpkit_datagram_parse(wire, &dg) != 0)
		return;
	require(is_inside(dg.header, wire));
	require(is_inside(dg.options, wire));
	require(is_inside(dg.payload, wire));
	require(dg.truncated == (dg.total_len > wire.len));
	require_read_back(&dg);
}

static void check_frame(uint32_t link_type, struct icmpkit_bytes wire)
{
	struct icmpkit_frame frame;
	struct icmpkit_address src;
	struct icmpkit_address dst;

	icmpkit_frame_parse(link_type, wire, &frame);
	require(frame.layer_count <= ICMPKIT_FRAME_LAYERS_MAX);
	for (size_t i = 0; i < frame.layer_count; i++) {
		require(is_inside(frame.layers[i].header, wire));
		require(icmpkit_layer_name(frame.layers[i].kind) != NULL);
	}
	if (!frame.has_datagram)
		return;
	require(is_inside(frame.datagram.payload, wire));
	icmpkit_datagram_pseudo_header(&frame.datagram, &src, &dst);
	require(src.family == frame.datagram.family && dst.family == frame.datagram.family);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const uint32_t link_types[] = {0,   1,	9,   12,  14,  50,  101, 104,
					      107, 108, 113, 228, 229, 276, 4242};
	struct icmpkit_bytes wire = {data, len};
	struct icmpkit_ethernet frame;

	check(wire);
	if (icmpkit_ethernet_parse(wire, &frame) == 0) {
		require(is_inside(frame.payload, wire));
		check(frame.payload);
	}
	for (size_t i = 0; i < sizeof(link_types) / sizeof(link_types[0]); i++)
		check_frame(link_types[i], wire);
	return 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Walks through the layers of a captured frame. */
#include <icmpkit/frame.h>

#include <icmpkit/numbers.h>

#include "wire/frame_layers.h"

/* Does the datagram carry another one, or something that may? */
static enum next_space inside_of(const struct icmpkit_datagram *dg)
{
	if (dg->protocol == ICMPKIT_PROTO_IPV4 || dg->protocol == ICMPKIT_PROTO_IPV6)
		return NEXT_IP;
	if (dg->protocol == ICMPKIT_PROTO_ETHERNET)
		return NEXT_ETHERNET;
	return dg->protocol == ICMPKIT_PROTO_GRE ? NEXT_GRE : NEXT_END;
}

/* IPv4 options are part of its header, IPv6 extension headers stand behind it. */
static size_t headers_len(const struct icmpkit_datagram *dg)
{
	return dg->family == ICMPKIT_IPV4 ? dg->header.len : dg->header.len + dg->options.len;
}

/* A datagram: the walk goes on inside it, or ends here. */
static struct walk_step step_ip(struct icmpkit_bytes wire, struct icmpkit_frame *out)
{
	struct icmpkit_datagram dg;
	int err = icmpkit_datagram_parse(wire, &dg);

	if (err < 0)
		return walk_ends(err == ICMPKIT_ERR_TRUNCATED ? ICMPKIT_FRAME_TRUNCATED
							      : ICMPKIT_FRAME_MALFORMED);
	out->has_datagram = true;
	out->datagram = dg;
	enum next_space next = dg.is_fragment ? NEXT_END : inside_of(&dg);

	return (struct walk_step){
		.layer = {dg.family == ICMPKIT_IPV4 ? ICMPKIT_LAYER_IPV4 : ICMPKIT_LAYER_IPV6,
			  {wire.data, headers_len(&dg)},
			  dg.protocol},
		.has_layer = true,
		.next = next,
		.rest = dg.payload,
		.end = dg.is_fragment ? ICMPKIT_FRAME_FRAGMENT : ICMPKIT_FRAME_DATAGRAM,
	};
}

static struct walk_step step(const struct walk_step *at, struct icmpkit_frame *out)
{
	switch (at->next) {
	case NEXT_LINK:
		return icmpkit_frame_link(at->number, at->rest);
	case NEXT_ETHERNET:
		return icmpkit_frame_ethernet(at->rest);
	case NEXT_ETHER_TYPE:
		return icmpkit_frame_ether_type((uint16_t)at->number, at->rest);
	case NEXT_PPP:
		return icmpkit_frame_ppp(at->rest);
	case NEXT_PPP_PROTOCOL:
		return icmpkit_frame_ppp_protocol((uint16_t)at->number, at->rest);
	case NEXT_MPLS:
		return icmpkit_frame_mpls(at->rest);
	case NEXT_MPLS_PAYLOAD:
		return icmpkit_frame_mpls_payload(at->rest);
	case NEXT_GRE:
		return icmpkit_frame_gre(at->rest);
	case NEXT_IP:
		return step_ip(at->rest, out);
	case NEXT_END:
		break;
	}
	return walk_ends(ICMPKIT_FRAME_MALFORMED);
}

void icmpkit_frame_parse(uint32_t link_type, struct icmpkit_bytes wire, struct icmpkit_frame *out)
{
	struct walk_step at = {.next = NEXT_LINK, .number = link_type, .rest = wire};

	out->layer_count = 0;
	out->has_datagram = false;
	out->end_number = 0;
	while (at.next != NEXT_END) {
		at = step(&at, out);
		if (!at.has_layer)
			continue;
		if (out->layer_count == ICMPKIT_FRAME_LAYERS_MAX) {
			out->end = ICMPKIT_FRAME_TOO_DEEP;
			return;
		}
		out->layers[out->layer_count++] = at.layer;
	}
	out->end = at.end;
	out->end_number = (uint16_t)at.number;
}

const char *icmpkit_layer_name(enum icmpkit_layer_kind kind)
{
	static const char *const names[] = {
		[ICMPKIT_LAYER_LOOPBACK] = "loopback",
		[ICMPKIT_LAYER_ETHERNET] = "Ethernet",
		[ICMPKIT_LAYER_VLAN] = "VLAN",
		[ICMPKIT_LAYER_LINUX_SLL] = "Linux cooked",
		[ICMPKIT_LAYER_LINUX_SLL2] = "Linux cooked v2",
		[ICMPKIT_LAYER_PPP] = "PPP",
		[ICMPKIT_LAYER_PPPOE] = "PPPoE",
		[ICMPKIT_LAYER_HDLC] = "HDLC",
		[ICMPKIT_LAYER_FRAME_RELAY] = "Frame Relay",
		[ICMPKIT_LAYER_MPLS] = "MPLS",
		[ICMPKIT_LAYER_CONTROL_WORD] = "pseudowire control word",
		[ICMPKIT_LAYER_GRE] = "GRE",
		[ICMPKIT_LAYER_IPV4] = "IPv4",
		[ICMPKIT_LAYER_IPV6] = "IPv6",
	};

	return names[kind];
}

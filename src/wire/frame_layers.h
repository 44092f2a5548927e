/* SPDX-License-Identifier: BSD-2-Clause */
/** frame_layers.h - One layer of a frame at a time: what it is, and what comes next. */
#ifndef WIRE_FRAME_LAYERS_H
#define WIRE_FRAME_LAYERS_H

#include <icmpkit/frame.h>

/** How the next layer is named by the one before it. */
enum next_space {
	NEXT_END,
	NEXT_LINK, /* by a link type */
	NEXT_ETHERNET,
	NEXT_ETHER_TYPE,
	NEXT_PPP,
	NEXT_PPP_PROTOCOL,
	NEXT_MPLS,
	NEXT_MPLS_PAYLOAD, /* only its own first bits tell */
	NEXT_GRE,
	NEXT_IP, /* its version tells the family */
};

/** @layer counts if @has_layer; @end if @next is NEXT_END, and @number is then what it ended at. */
struct walk_step {
	struct icmpkit_layer layer;
	bool has_layer;
	enum next_space next;
	uint32_t number; /* an EtherType, a PPP protocol, a link type */
	struct icmpkit_bytes rest;
	enum icmpkit_frame_end end;
};

static inline struct walk_step walk_ends(enum icmpkit_frame_end end)
{
	return (struct walk_step){.next = NEXT_END, .end = end};
}

struct walk_step icmpkit_frame_link(uint32_t link_type, struct icmpkit_bytes wire);
struct walk_step icmpkit_frame_ethernet(struct icmpkit_bytes wire);
struct walk_step icmpkit_frame_ether_type(uint16_t ether_type, struct icmpkit_bytes wire);
struct walk_step icmpkit_frame_ppp(struct icmpkit_bytes wire);
struct walk_step icmpkit_frame_ppp_protocol(uint16_t protocol, struct icmpkit_bytes wire);
struct walk_step icmpkit_frame_mpls(struct icmpkit_bytes wire);
struct walk_step icmpkit_frame_mpls_payload(struct icmpkit_bytes wire);
struct walk_step icmpkit_frame_gre(struct icmpkit_bytes wire);

#endif

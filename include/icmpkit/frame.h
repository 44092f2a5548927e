/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * frame.h - A captured frame, of any of the link types that captures have, down to the innermost IP datagram:
 * through VLAN tags, MPLS labels, PPP, and the tunnels IP in IP, 6in4 and GRE.
 */
#ifndef ICMPKIT_FRAME_H
#define ICMPKIT_FRAME_H

#include <icmpkit/base.h>
#include <icmpkit/datagram.h>

/** Link types by the numbers that capture files give them. Others are unknown to icmpkit_frame_parse(). */
enum icmpkit_link_type {
	ICMPKIT_LINK_NULL = 0, /* BSD loopback: the address family in the byte order of the host */
	ICMPKIT_LINK_ETHERNET = 1,
	ICMPKIT_LINK_PPP = 9,
	ICMPKIT_LINK_RAW_BSD = 12, /* raw IP, as some systems number it */
	ICMPKIT_LINK_RAW_OPENBSD = 14,
	ICMPKIT_LINK_PPP_HDLC = 50, /* PPP in HDLC framing, or Cisco's HDLC: the first byte tells */
	ICMPKIT_LINK_RAW = 101,	    /* raw IP: the version tells the family */
	ICMPKIT_LINK_CISCO_HDLC = 104,
	ICMPKIT_LINK_FRAME_RELAY = 107,
	ICMPKIT_LINK_LOOP = 108, /* OpenBSD loopback: the address family in network order */
	ICMPKIT_LINK_LINUX_SLL = 113,
	ICMPKIT_LINK_IPV4 = 228,
	ICMPKIT_LINK_IPV6 = 229,
	ICMPKIT_LINK_LINUX_SLL2 = 276,
};

enum icmpkit_layer_kind {
	ICMPKIT_LAYER_LOOPBACK,
	ICMPKIT_LAYER_ETHERNET, /* EtherType, or IEEE 802.3 with LLC and SNAP */
	ICMPKIT_LAYER_VLAN,	/* IEEE 802.1Q, 802.1ad: @number is the VLAN identifier */
	ICMPKIT_LAYER_LINUX_SLL,
	ICMPKIT_LAYER_LINUX_SLL2,
	ICMPKIT_LAYER_PPP,
	ICMPKIT_LAYER_PPPOE, /* RFC 2516: @number is the session */
	ICMPKIT_LAYER_HDLC,
	ICMPKIT_LAYER_FRAME_RELAY,  /* RFC 2427: @number is the DLCI */
	ICMPKIT_LAYER_MPLS,	    /* one entry, RFC 3032: @number is the label */
	ICMPKIT_LAYER_CONTROL_WORD, /* RFC 4385 3, before an Ethernet frame inside MPLS */
	ICMPKIT_LAYER_GRE,	    /* RFC 2784, 2890, 2637: @number is the key, if it has one */
	ICMPKIT_LAYER_IPV4,	    /* @number is the protocol */
	ICMPKIT_LAYER_IPV6,
};

/** @header: the layer's own bytes. */
struct icmpkit_layer {
	enum icmpkit_layer_kind kind;
	struct icmpkit_bytes header;
	uint32_t number;
};

/** Why the walk ended. */
enum icmpkit_frame_end {
	ICMPKIT_FRAME_DATAGRAM, /* at a datagram that carries no further datagram: the normal case */
	ICMPKIT_FRAME_FRAGMENT, /* at a fragment of a datagram: what is inside is not whole */
	ICMPKIT_FRAME_OTHER, /* at something that is not IP: @end_number is its EtherType or PPP protocol */
	ICMPKIT_FRAME_UNKNOWN_LINK, /* the link type is none of ours */
	ICMPKIT_FRAME_TRUNCATED,    /* the bytes end inside a header */
	ICMPKIT_FRAME_MALFORMED,    /* a header contradicts itself */
	ICMPKIT_FRAME_TOO_DEEP,	    /* more layers than ICMPKIT_FRAME_LAYERS_MAX */
};

#define ICMPKIT_FRAME_LAYERS_MAX 16

/**
 * struct icmpkit_frame - The layers from the outside in.
 * @datagram: the innermost that could be read, if @has_datagram. Its spans point into the frame.
 */
struct icmpkit_frame {
	size_t layer_count;
	struct icmpkit_layer layers[ICMPKIT_FRAME_LAYERS_MAX];
	bool has_datagram;
	struct icmpkit_datagram datagram;
	enum icmpkit_frame_end end;
	uint16_t end_number;
};

/**
 * icmpkit_frame_parse() - Walk through the layers of a frame.
 * @link_type: of enum icmpkit_link_type; any other number ends at UNKNOWN_LINK.
 * @wire:      borrowed; @out points into it.
 *
 * Never fails: @out->end says how far it got. What came before the end stands.
 */
ICMPKIT_API void icmpkit_frame_parse(uint32_t link_type, struct icmpkit_bytes wire,
				     struct icmpkit_frame *out);

/** "Ethernet", "VLAN", "MPLS"... Static. */
ICMPKIT_API const char *icmpkit_layer_name(enum icmpkit_layer_kind kind);

#endif

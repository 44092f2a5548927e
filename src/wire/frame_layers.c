/* SPDX-License-Identifier: BSD-2-Clause */
/* The layers of frames, a function each. */
#include "wire/frame_layers.h"

#include "wire/cursor.h"

#define ETHER_TYPE_MIN 1536 /* IEEE 802.3 3.2.6: below it the field is a length */
#define VLAN_ID_MASK 0x0fff

enum {
	ETHER_TYPE_IPV4 = 0x0800,
	ETHER_TYPE_VLAN = 0x8100,
	ETHER_TYPE_IPV6 = 0x86dd,
	ETHER_TYPE_PPP = 0x880b, /* in GRE, RFC 2637 */
	ETHER_TYPE_MPLS = 0x8847,
	ETHER_TYPE_MPLS_MULTICAST = 0x8848,
	ETHER_TYPE_PPPOE_SESSION = 0x8864,
	ETHER_TYPE_PROVIDER_VLAN = 0x88a8,
	ETHER_TYPE_OLD_PROVIDER_VLAN = 0x9100, /* what switches used for stacked tags before 802.1ad */
	ETHER_TYPE_BRIDGED_ETHERNET = 0x6558,  /* in GRE, RFC 1701 */
};

/* The step over a header that has been read: from where @wire begins to where @r stands. */
static struct walk_step over(enum icmpkit_layer_kind kind, struct icmpkit_bytes wire, struct reader *r,
			     enum next_space next)
{
	if (r->overrun)
		return walk_ends(ICMPKIT_FRAME_TRUNCATED);
	return (struct walk_step){
		.layer = {.kind = kind, .header = {wire.data, wire.len - r->left}},
		.has_layer = true,
		.next = next,
		.rest = {r->next, r->left},
	};
}

static struct walk_step with_number(struct walk_step step, uint32_t number)
{
	step.layer.number = number;
	return step;
}

static struct walk_step named(struct walk_step step, uint32_t number)
{
	step.number = number;
	return step;
}

static struct walk_step ends_at(uint16_t number)
{
	return (struct walk_step){.next = NEXT_END, .end = ICMPKIT_FRAME_OTHER, .number = number};
}

/* A header whose number names the next layer: EtherType at @type_at, the whole of it @len bytes long. */
static struct walk_step with_ether_type(enum icmpkit_layer_kind kind, struct icmpkit_bytes wire,
					size_t type_at, size_t len)
{
	struct reader r = reader_of(wire);

	(void)read_bytes(&r, type_at);
	uint16_t ether_type = read_u16(&r);

	(void)read_bytes(&r, len - type_at - 2);
	return named(over(kind, wire, &r, NEXT_ETHER_TYPE), ether_type);
}

struct walk_step icmpkit_frame_ethernet(struct icmpkit_bytes wire)
{
	struct reader r = reader_of(wire);

	(void)read_bytes(&r, 12);
	uint16_t ether_type = read_u16(&r);

	if (ether_type >= ETHER_TYPE_MIN || r.overrun)
		return named(over(ICMPKIT_LAYER_ETHERNET, wire, &r, NEXT_ETHER_TYPE), ether_type);
	/* IEEE 802.2 LLC with SNAP (RFC 1042): AA AA 03, three zeros, the EtherType. */
	uint32_t llc = read_u32(&r);
	uint16_t organisation = read_u16(&r);

	ether_type = read_u16(&r);
	if (!r.overrun && (llc != 0xaaaa0300 || organisation != 0))
		return ends_at((uint16_t)(llc >> 16));
	return named(over(ICMPKIT_LAYER_ETHERNET, wire, &r, NEXT_ETHER_TYPE), ether_type);
}

static struct walk_step vlan(struct icmpkit_bytes wire)
{
	struct reader r = reader_of(wire);
	uint16_t tag = read_u16(&r);
	uint16_t ether_type = read_u16(&r);

	return with_number(named(over(ICMPKIT_LAYER_VLAN, wire, &r, NEXT_ETHER_TYPE), ether_type),
			   tag & VLAN_ID_MASK);
}

/* RFC 2516 4: version and type, code, session, length. */
static struct walk_step pppoe(struct icmpkit_bytes wire)
{
	struct reader r = reader_of(wire);

	(void)read_u16(&r);
	uint16_t session = read_u16(&r);

	(void)read_u16(&r);
	return with_number(over(ICMPKIT_LAYER_PPPOE, wire, &r, NEXT_PPP), session);
}

/* Nothing is between this name and the layer it names. */
static struct walk_step straight_to(enum next_space next, struct icmpkit_bytes wire)
{
	return (struct walk_step){.next = next, .rest = wire};
}

struct walk_step icmpkit_frame_ether_type(uint16_t ether_type, struct icmpkit_bytes wire)
{
	switch (ether_type) {
	case ETHER_TYPE_IPV4:
	case ETHER_TYPE_IPV6:
		return straight_to(NEXT_IP, wire);
	case ETHER_TYPE_VLAN:
	case ETHER_TYPE_PROVIDER_VLAN:
	case ETHER_TYPE_OLD_PROVIDER_VLAN:
		return vlan(wire);
	case ETHER_TYPE_MPLS:
	case ETHER_TYPE_MPLS_MULTICAST:
		return straight_to(NEXT_MPLS, wire);
	case ETHER_TYPE_PPPOE_SESSION:
		return pppoe(wire);
	case ETHER_TYPE_PPP:
		return straight_to(NEXT_PPP, wire);
	case ETHER_TYPE_BRIDGED_ETHERNET:
		return straight_to(NEXT_ETHERNET, wire);
	default:
		return ends_at(ether_type);
	}
}

/* RFC 1661 2, RFC 1662 3.1: address and control may stand in front, and the first byte of the protocol may be
 * left out: the last byte of a protocol is the odd one. */
struct walk_step icmpkit_frame_ppp(struct icmpkit_bytes wire)
{
	struct reader r = reader_of(wire);

	if (wire.len >= 2 && wire.data[0] == 0xff && wire.data[1] == 0x03)
		(void)read_u16(&r);
	uint16_t protocol = read_u8(&r);

	if ((protocol & 1) == 0)
		protocol = (uint16_t)(protocol << 8 | read_u8(&r));
	return named(over(ICMPKIT_LAYER_PPP, wire, &r, NEXT_PPP_PROTOCOL), protocol);
}

struct walk_step icmpkit_frame_ppp_protocol(uint16_t protocol, struct icmpkit_bytes wire)
{
	switch (protocol) {
	case 0x0021: /* RFC 1332 */
	case 0x0057: /* RFC 5072 */
		return straight_to(NEXT_IP, wire);
	case 0x0281: /* RFC 3032 4.3 */
	case 0x0283:
		return straight_to(NEXT_MPLS, wire);
	default:
		return ends_at(protocol);
	}
}

/* RFC 3032 2.1: label, traffic class, bottom of stack, TTL. */
struct walk_step icmpkit_frame_mpls(struct icmpkit_bytes wire)
{
	struct reader r = reader_of(wire);
	uint32_t entry = read_u32(&r);
	bool is_bottom = (entry >> 8 & 1) != 0;

	return with_number(over(ICMPKIT_LAYER_MPLS, wire, &r, is_bottom ? NEXT_MPLS_PAYLOAD : NEXT_MPLS),
			   entry >> 12);
}

/* RFC 4928 3: nothing in the stack says what it carries; IP begins with its version, a control word (RFC 4385
 * 3) with zero, and an Ethernet frame comes behind that. */
struct walk_step icmpkit_frame_mpls_payload(struct icmpkit_bytes wire)
{
	struct reader r = reader_of(wire);
	uint32_t first = read_u32(&r);

	if (r.overrun)
		return walk_ends(ICMPKIT_FRAME_TRUNCATED);
	switch (first >> 28) {
	case 4:
	case 6:
		return straight_to(NEXT_IP, wire);
	case 0:
		return over(ICMPKIT_LAYER_CONTROL_WORD, wire, &r, NEXT_ETHERNET);
	default:
		return ends_at((uint16_t)(first >> 16));
	}
}

enum gre_flag {
	GRE_CHECKSUM = 0x8000,
	GRE_ROUTING = 0x4000, /* RFC 1701 only */
	GRE_KEY = 0x2000,
	GRE_SEQUENCE = 0x1000,
	GRE_ACKNOWLEDGMENT = 0x0080, /* RFC 2637 4.1, version 1 */
	GRE_VERSION = 0x0007,
};

/* RFC 2784 2, RFC 2890 2; RFC 2637 4.1: the fields that the flags announce. */
struct walk_step icmpkit_frame_gre(struct icmpkit_bytes wire)
{
	struct reader r = reader_of(wire);
	uint16_t flags = read_u16(&r);
	uint16_t ether_type = read_u16(&r);
	uint32_t key = 0;

	if (!r.overrun && ((flags & GRE_VERSION) > 1 || (flags & GRE_ROUTING) != 0))
		return walk_ends(ICMPKIT_FRAME_MALFORMED);
	if ((flags & GRE_CHECKSUM) != 0)
		(void)read_u32(&r);
	if ((flags & GRE_KEY) != 0)
		key = read_u32(&r);
	if ((flags & GRE_SEQUENCE) != 0)
		(void)read_u32(&r);
	if ((flags & GRE_VERSION) == 1 && (flags & GRE_ACKNOWLEDGMENT) != 0)
		(void)read_u32(&r);
	return with_number(named(over(ICMPKIT_LAYER_GRE, wire, &r, NEXT_ETHER_TYPE), ether_type), key);
}

/* BSD's families: IPv4 is 2 everywhere, IPv6 24, 28 or 30. The byte order is that of the host that captured.
 */
static struct walk_step loopback(struct icmpkit_bytes wire)
{
	struct reader r = reader_of(wire);
	uint32_t family = read_u32(&r);

	if (family > 0xffff)
		family = family >> 24 | (family >> 8 & 0xff00);
	struct walk_step step = over(ICMPKIT_LAYER_LOOPBACK, wire, &r, NEXT_IP);
	bool is_ip = family == 2 || family == 24 || family == 28 || family == 30;

	return step.has_layer && !is_ip ? ends_at((uint16_t)family) : step;
}

/* RFC 1547 and Cisco: address, control, EtherType. RFC 1662 uses the address 0xff for PPP. */
static struct walk_step ppp_or_cisco(struct icmpkit_bytes wire)
{
	if (wire.len > 0 && wire.data[0] == 0xff)
		return straight_to(NEXT_PPP, wire);
	return with_ether_type(ICMPKIT_LAYER_HDLC, wire, 2, 4);
}

/* RFC 2427 3, 4: two bytes of address, control 3, then the NLPID: IPv4 or IPv6 at once, or, behind a pad and
 * SNAP, an EtherType. Cisco's form has an EtherType behind the address at once. */
static struct walk_step frame_relay(struct icmpkit_bytes wire)
{
	struct reader r = reader_of(wire);
	uint16_t address = read_u16(&r);
	uint32_t dlci = (address >> 6 & 0x3f0U) | (address >> 4 & 0x0fU);
	uint8_t control = read_u8(&r);
	uint8_t nlpid = read_u8(&r);

	if (!r.overrun && control != 3)
		return with_number(named(over(ICMPKIT_LAYER_FRAME_RELAY, wire, &r, NEXT_ETHER_TYPE),
					 (uint32_t)control << 8 | nlpid),
				   dlci);
	if (nlpid == 0xcc || nlpid == 0x8e)
		return with_number(over(ICMPKIT_LAYER_FRAME_RELAY, wire, &r, NEXT_IP), dlci);
	uint8_t snap = read_u8(&r);

	(void)read_bytes(&r, 3);
	uint16_t ether_type = read_u16(&r);

	if (!r.overrun && (nlpid != 0 || snap != 0x80))
		return ends_at(nlpid);
	return with_number(named(over(ICMPKIT_LAYER_FRAME_RELAY, wire, &r, NEXT_ETHER_TYPE), ether_type),
			   dlci);
}

struct walk_step icmpkit_frame_link(uint32_t link_type, struct icmpkit_bytes wire)
{
	switch (link_type) {
	case ICMPKIT_LINK_NULL:
	case ICMPKIT_LINK_LOOP:
		return loopback(wire);
	case ICMPKIT_LINK_ETHERNET:
		return icmpkit_frame_ethernet(wire);
	case ICMPKIT_LINK_PPP:
		return icmpkit_frame_ppp(wire);
	case ICMPKIT_LINK_PPP_HDLC:
		return ppp_or_cisco(wire);
	case ICMPKIT_LINK_CISCO_HDLC:
		return with_ether_type(ICMPKIT_LAYER_HDLC, wire, 2, 4);
	case ICMPKIT_LINK_FRAME_RELAY:
		return frame_relay(wire);
	case ICMPKIT_LINK_LINUX_SLL:
		return with_ether_type(ICMPKIT_LAYER_LINUX_SLL, wire, 14, 16);
	case ICMPKIT_LINK_LINUX_SLL2:
		return with_ether_type(ICMPKIT_LAYER_LINUX_SLL2, wire, 0, 20);
	case ICMPKIT_LINK_RAW:
	case ICMPKIT_LINK_RAW_BSD:
	case ICMPKIT_LINK_RAW_OPENBSD:
	case ICMPKIT_LINK_IPV4:
	case ICMPKIT_LINK_IPV6:
		return straight_to(NEXT_IP, wire);
	default:
		return walk_ends(ICMPKIT_FRAME_UNKNOWN_LINK);
	}
}

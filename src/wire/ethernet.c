/* SPDX-License-Identifier: BSD-2-Clause */
/* Ethernet frames, through VLAN tags (IEEE 802.1Q, 802.1ad). */
#include <icmpkit/ethernet.h>

#include "wire/cursor.h"

#define VLAN_ID_MASK 0x0fff

static bool is_tag(uint16_t ether_type)
{
	/* 802.1Q, 802.1ad, and what switches used for stacked tags before 802.1ad */
	return ether_type == 0x8100 || ether_type == 0x88a8 || ether_type == 0x9100;
}

static void read_mac(struct reader *r, uint8_t out[6])
{
	struct icmpkit_bytes mac = read_bytes(r, 6);

	if (mac.len == 6)
		memcpy(out, mac.data, 6);
}

int icmpkit_ethernet_parse(struct icmpkit_bytes wire, struct icmpkit_ethernet *out)
{
	struct icmpkit_ethernet frame = {0};
	struct reader r = reader_of(wire);

	read_mac(&r, frame.dst);
	read_mac(&r, frame.src);
	frame.ether_type = read_u16(&r);
	while (is_tag(frame.ether_type)) {
		if (frame.vlan_count == sizeof(frame.vlan_ids) / sizeof(frame.vlan_ids[0]))
			return ICMPKIT_ERR_MALFORMED;
		frame.vlan_ids[frame.vlan_count++] = read_u16(&r) & VLAN_ID_MASK;
		frame.ether_type = read_u16(&r);
	}
	if (r.overrun)
		return ICMPKIT_ERR_TRUNCATED;
	frame.payload = read_rest(&r);
	*out = frame;
	return 0;
}

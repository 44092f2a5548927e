/* SPDX-License-Identifier: BSD-2-Clause */
/** ethernet.h - An Ethernet frame as far as the IP datagram inside, through VLAN tags (IEEE 802.1Q, 802.1ad).
 */
#ifndef ICMPKIT_ETHERNET_H
#define ICMPKIT_ETHERNET_H

#include <icmpkit/base.h>

/** @vlan_ids: the tags from the outside in, @vlan_count of them. @payload: behind the last EtherType. */
struct icmpkit_ethernet {
	uint8_t dst[6];
	uint8_t src[6];
	uint16_t ether_type; /* of @payload: 0x0800 IPv4, 0x86dd IPv6, 0x0806 ARP */
	uint16_t vlan_ids[4];
	unsigned int vlan_count;
	struct icmpkit_bytes payload;
};

/** Return: 0, or ICMPKIT_ERR_TRUNCATED, or ICMPKIT_ERR_MALFORMED (more than four tags). */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_ethernet_parse(struct icmpkit_bytes wire,
							    struct icmpkit_ethernet *out);

#endif

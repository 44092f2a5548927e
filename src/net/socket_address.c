/* SPDX-License-Identifier: BSD-2-Clause */
/* Our addresses and the kernel's. */
#include "net/socket_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

socklen_t icmpkit_socket_address_to(const struct icmpkit_address *address, uint16_t port,
				    struct sockaddr_storage *out)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port)};
	struct sockaddr_in6 v6 = {
		.sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_scope_id = address->scope_id};

	memset(out, 0, sizeof(*out));
	if (address->family == ICMPKIT_IPV4) {
		memcpy(&v4.sin_addr, address->bytes, sizeof(v4.sin_addr));
		memcpy(out, &v4, sizeof(v4));
		return sizeof(v4);
	}
	memcpy(&v6.sin6_addr, address->bytes, sizeof(v6.sin6_addr));
	memcpy(out, &v6, sizeof(v6));
	return sizeof(v6);
}

struct icmpkit_address icmpkit_socket_address_from(const struct sockaddr *address, uint16_t *port)
{
	struct icmpkit_address out = {0};
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (address->sa_family == AF_INET) {
		memcpy(&v4, address, sizeof(v4));
		out = icmpkit_address_from_bytes(ICMPKIT_IPV4, (const uint8_t *)&v4.sin_addr);
		if (port != NULL)
			*port = ntohs(v4.sin_port);
	} else if (address->sa_family == AF_INET6) {
		memcpy(&v6, address, sizeof(v6));
		out = icmpkit_address_from_bytes(ICMPKIT_IPV6, (const uint8_t *)&v6.sin6_addr);
		out.scope_id = icmpkit_address_is_link_local(&out) ? v6.sin6_scope_id : 0;
		if (port != NULL)
			*port = ntohs(v6.sin6_port);
	}
	return out;
}

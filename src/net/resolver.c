/* SPDX-License-Identifier: BSD-2-Clause */
/* Names to addresses, by the system's resolver. */
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include <icmpkit/network.h>

#include "net/socket_address.h"

#define LITERAL_MAX 128

/* An address literal, with a scope that may be the name of an interface (RFC 4007 11). */
static bool read_literal(const char *name, struct icmpkit_address *out)
{
	char bare[LITERAL_MAX];
	const char *scope = strchr(name, '%');
	size_t len = scope == NULL ? strlen(name) : (size_t)(scope - name);

	if (icmpkit_address_parse(name, out) == 0)
		return true;
	if (scope == NULL || len >= sizeof(bare))
		return false;
	memcpy(bare, name, len);
	bare[len] = '\0';
	if (icmpkit_address_parse(bare, out) < 0 || out->family != ICMPKIT_IPV6)
		return false;
	out->scope_id = if_nametoindex(scope + 1);
	return out->scope_id != 0;
}

static int family_of(enum icmpkit_family family)
{
	if (family == ICMPKIT_IPV4)
		return AF_INET;
	return family == ICMPKIT_IPV6 ? AF_INET6 : AF_UNSPEC;
}

static int ask(const char *name, enum icmpkit_family family, struct icmpkit_address *out, size_t cap,
	       char why[ICMPKIT_NETWORK_WHY_MAX])
{
	/* One socket type, or every address would come once for each. */
	struct addrinfo hints = {.ai_family = family_of(family), .ai_socktype = SOCK_DGRAM};
	struct addrinfo *list;
	int count = 0;
	int err = getaddrinfo(name, NULL, &hints, &list);

	if (err != 0) {
		(void)snprintf(why, ICMPKIT_NETWORK_WHY_MAX, "%s", gai_strerror(err));
		return ICMPKIT_ERR_RANGE;
	}
	for (const struct addrinfo *entry = list; entry != NULL; entry = entry->ai_next) {
		struct icmpkit_address address = icmpkit_socket_address_from(entry->ai_addr, NULL);

		if (address.family == ICMPKIT_FAMILY_NONE)
			continue;
		if ((size_t)count < cap)
			out[count] = address;
		count++;
	}
	freeaddrinfo(list);
	return count;
}

int icmpkit_resolve(const char *name, enum icmpkit_family family, struct icmpkit_address *out, size_t cap,
		    char why[ICMPKIT_NETWORK_WHY_MAX])
{
	struct icmpkit_address literal;

	if (!read_literal(name, &literal))
		return ask(name, family, out, cap, why);
	if (family != ICMPKIT_FAMILY_NONE && family != literal.family) {
		(void)snprintf(why, ICMPKIT_NETWORK_WHY_MAX, "this is an IPv%d address",
			       literal.family == ICMPKIT_IPV4 ? 4 : 6);
		return ICMPKIT_ERR_RANGE;
	}
	if (cap > 0)
		*out = literal;
	return 1;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* What all ways out have in common: the family of the socket, and the address it is bound to. */
#include "net/way.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "net/socket_address.h"

int icmpkit_way_domain(const struct icmpkit_way *way)
{
	return way->family == ICMPKIT_IPV4 ? AF_INET : AF_INET6;
}

static int complain(const struct icmpkit_way *way, int err, char why[ICMPKIT_NETWORK_WHY_MAX])
{
	char address[ICMPKIT_ADDRESS_TEXT_MAX];

	(void)snprintf(why, ICMPKIT_NETWORK_WHY_MAX,
		       "cannot send from %s: %s; ip addr shows this host's addresses",
		       icmpkit_address_format(&way->source, address), strerror(-err));
	return err;
}

int icmpkit_way_bind(struct icmpkit_way *way, int fd, char why[ICMPKIT_NETWORK_WHY_MAX])
{
	struct icmpkit_address any = {.family = way->family};
	struct sockaddr_storage own;
	socklen_t len = icmpkit_socket_address_to(
		way->source.family == ICMPKIT_FAMILY_NONE ? &any : &way->source, 0, &own);

	if (bind(fd, (const struct sockaddr *)&own, len) < 0)
		return complain(way, -errno, why);
	len = sizeof(own);
	if (getsockname(fd, (struct sockaddr *)&own, &len) < 0)
		return complain(way, -errno, why);
	(void)icmpkit_socket_address_from((const struct sockaddr *)&own, &way->port);
	return 0;
}

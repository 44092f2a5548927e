/* SPDX-License-Identifier: BSD-2-Clause */
/* The source address that the kernel would choose. */
#include "net/route.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/socket_address.h"

#define ANY_PORT 9

/* Connecting a UDP socket sends nothing: it only makes the kernel look up the route. */
static bool connect_to(int fd, const struct icmpkit_address *target,
		       const struct icmpkit_network_options *opt)
{
	struct sockaddr_storage address;
	socklen_t len = icmpkit_socket_address_to(target, ANY_PORT, &address);

	/* Both may be refused when privileges are gone; then the route is that of the main table. */
	if (opt->interface != NULL)
		(void)setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, opt->interface,
				 (socklen_t)strlen(opt->interface));
	if (opt->mark != 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_MARK, &opt->mark, sizeof(opt->mark));
	return connect(fd, (const struct sockaddr *)&address, len) == 0;
}

struct icmpkit_address icmpkit_route_source(const struct icmpkit_address *target,
					    const struct icmpkit_network_options *opt)
{
	struct icmpkit_address source = {0};
	struct sockaddr_storage own = {0};
	socklen_t len = sizeof(own);
	int fd;

	if (opt->source.family == target->family)
		return opt->source;
	fd = socket(target->family == ICMPKIT_IPV4 ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return source;
	if (connect_to(fd, target, opt) && getsockname(fd, (struct sockaddr *)&own, &len) == 0)
		source = icmpkit_socket_address_from((const struct sockaddr *)&own, NULL);
	(void)close(fd);
	return source;
}

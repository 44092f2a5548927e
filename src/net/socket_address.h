/* SPDX-License-Identifier: BSD-2-Clause */
/** socket_address.h - Our addresses and the kernel's. */
#ifndef NET_SOCKET_ADDRESS_H
#define NET_SOCKET_ADDRESS_H

#include <sys/socket.h>

#include <icmpkit/address.h>

/** Return: the length of @out that counts. */
socklen_t icmpkit_socket_address_to(const struct icmpkit_address *address, uint16_t port,
				    struct sockaddr_storage *out);
/** Family NONE for an address of another family. @port may be NULL. */
struct icmpkit_address icmpkit_socket_address_from(const struct sockaddr *address, uint16_t *port);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/** extension_find.h - Where in an error the RFC 4884 structure is. */
#ifndef WIRE_EXTENSION_FIND_H
#define WIRE_EXTENSION_FIND_H

#include <icmpkit/message.h>

/**
 * icmpkit_extension_find() - Divide @msg->payload into @msg->quote and @msg->extensions.
 * @announced_len: bytes of the quote by the message's length field.
 */
void icmpkit_extension_find(struct icmpkit_message *msg, size_t announced_len);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * rpl_option.h - The options of RPL control messages (RFC 6550 6.7).
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |  Option Type  | Option Length |              ...              |   Option Length counts what is behind it;
 * +---------------+---------------+-------------------------------+   of type 0 there is the type alone
 */
#ifndef WIRE_RPL_OPTION_H
#define WIRE_RPL_OPTION_H

#include "wire/record_list.h"

/** The option at which the walk stands; it is not at its end. */
bool icmpkit_rpl_option_next(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/** icmpkit.h - All of the library. */
#ifndef ICMPKIT_H
#define ICMPKIT_H

#include <icmpkit/address.h>
#include <icmpkit/base.h>
#include <icmpkit/checksum.h>
#include <icmpkit/datagram.h>
#include <icmpkit/diagnose.h>
#include <icmpkit/ethernet.h>
#include <icmpkit/extension.h>
#include <icmpkit/frame.h>
#include <icmpkit/message.h>
#include <icmpkit/network.h>
#include <icmpkit/numbers.h>
#include <icmpkit/ping.h>
#include <icmpkit/probe.h>
#include <icmpkit/prober.h>
#include <icmpkit/quote.h>
#include <icmpkit/text.h>
#include <icmpkit/trace.h>

#endif

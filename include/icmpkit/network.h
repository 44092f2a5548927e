/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * network.h - The ways out to the real network: ping sockets, raw sockets, UDP and TCP with the error queue.
 *
 * Sockets are opened first, all that can be needed; then icmpkit_privileges_drop(); only then is anything
 * read, the resolver's answers included.
 */
#ifndef ICMPKIT_NETWORK_H
#define ICMPKIT_NETWORK_H

#include <signal.h>

#include <icmpkit/probe.h>

struct icmpkit_network; /* owned by the caller of icmpkit_network_open() */

enum icmpkit_network_access {
	ICMPKIT_ACCESS_PING_SOCKET_FIRST, /* the unprivileged way where it is allowed, else raw */
	ICMPKIT_ACCESS_RAW_FIRST, /* raw sockets see more (whole quotes, foreign errors); else unprivileged */
	ICMPKIT_ACCESS_UNPRIVILEGED, /* never raw sockets */
};

/**
 * struct icmpkit_network_options - Zero means the default.
 * @ipv4, @ipv6:  families to open. One that this system does not have is left out, unless it is the only one.
 * @icmp, @udp, @tcp: methods to open.
 * @tcp_optional, @udp_optional: go on without them where they are not to be had.
 * @interface:    NULL, or the name of the device to send and receive by (SO_BINDTODEVICE).
 * @source:       family NONE, or the local address to bind to (then only its family is opened).
 * @mark:         0, or SO_MARK.
 */
struct icmpkit_network_options {
	size_t size;
	bool ipv4;
	bool ipv6;
	bool icmp;
	bool udp;
	bool tcp;
	bool udp_optional;
	bool tcp_optional;
	enum icmpkit_network_access access;
	const char *interface;
	struct icmpkit_address source;
	uint32_t mark;
};

#define ICMPKIT_NETWORK_OPTIONS(...)                                                                         \
	(struct icmpkit_network_options)                                                                     \
	{                                                                                                    \
		.size = sizeof(struct icmpkit_network_options), __VA_ARGS__                                  \
	}

/** Room for the sentence that says why opening failed and what would do. */
#define ICMPKIT_NETWORK_WHY_MAX 256

/**
 * icmpkit_network_open() - Open the sockets.
 * @why: written on failure: what was refused, and which capability or sysctl would do.
 *
 * Return: 0, or -errno, or ICMPKIT_ERR_RANGE, or ICMPKIT_ERR_UNSUPPORTED.
 */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_network_open(struct icmpkit_network **out,
							  const struct icmpkit_network_options *opt,
							  char why[ICMPKIT_NETWORK_WHY_MAX]);
ICMPKIT_API void icmpkit_network_close(struct icmpkit_network *network); /* NULL is allowed */

/** Is there a way out for this family and method? */
ICMPKIT_API bool icmpkit_network_has(const struct icmpkit_network *network, enum icmpkit_family family,
				     enum icmpkit_method method);
/** The name of that way: "ping socket", "raw socket", "udp socket"... Static; NULL where there is none. */
ICMPKIT_API const char *icmpkit_network_way(const struct icmpkit_network *network, enum icmpkit_family family,
					    enum icmpkit_method method);

/**
 * icmpkit_network_identity() - The identity for probes to a target: identifier, source address, ports, and a
 * random key.
 * @out: written on success only, and with @source of family NONE when there is no route.
 *
 * Return: 0, or -errno when the system gave no random bytes.
 */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_network_identity(struct icmpkit_network *network,
							      const struct icmpkit_address *target,
							      struct icmpkit_probe_identity *out);

/**
 * icmpkit_network_send() - Send a probe.
 * @buf: probe->len bytes as the engine wrote them.
 *
 * Return: 0; or -EAGAIN: the way is full, try again when icmpkit_network_wait() says so; or -errno as the
 * system refused (the engine is to be told by an arrival of kind SEND_FAILED, which the caller makes).
 */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_network_send(struct icmpkit_network *network,
							  const struct icmpkit_probe *probe,
							  const uint8_t *buf);

/**
 * icmpkit_network_receive() - Take one arrival, transmit stamps before everything else.
 * @out: its spans live until the next call.
 *
 * Return: 1, or 0 when nothing is there, or -errno when a socket is broken for good.
 */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_network_receive(struct icmpkit_network *network,
							     struct icmpkit_arrival *out);

/**
 * icmpkit_network_wait() - Sleep until something arrives or the time has come.
 * @deadline_ns: on the clock of icmpkit_network_now_ns().
 * @mask:        the signals that are blocked while it sleeps, or NULL: those that are blocked anyway.
 * @wake_fd:     another descriptor whose readability ends the wait, or -1.
 *
 * Return: 0, or -errno; -EINTR when a signal came.
 */
ICMPKIT_API int icmpkit_network_wait(struct icmpkit_network *network, int64_t deadline_ns,
				     const sigset_t *mask, int wake_fd);

/** CLOCK_MONOTONIC in nanoseconds. */
ICMPKIT_API int64_t icmpkit_network_now_ns(void);

/** struct icmpkit_network_counters - What was turned away, since open. */
struct icmpkit_network_counters {
	uint64_t sent;
	uint64_t send_failures;
	uint64_t received;
	uint64_t malformed;	    /* arrivals that could not be read */
	uint64_t dropped_by_kernel; /* SO_RXQ_OVFL: our own receive queue was full */
	uint64_t stamps_unknown;    /* transmit stamps that belong to no probe we remember */
};

ICMPKIT_API void icmpkit_network_counters(const struct icmpkit_network *network,
					  struct icmpkit_network_counters *out);

/**
 * icmpkit_privileges_drop() - Give up every capability for good and set no_new_privs; with a real user other
 * than root, the effective user too.
 *
 * Return: 0, or -errno (then the program must not go on).
 */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_privileges_drop(void);

/**
 * icmpkit_resolve() - All addresses of a name, in the order in which they should be tried (RFC 6724). Blocks.
 * @family: ICMPKIT_FAMILY_NONE for both.
 * @out:    @cap of them.
 * @why:    written on failure: the resolver's words.
 *
 * An address literal, with "%interface" for link-local ones, is read without asking anybody.
 *
 * Return: how many addresses there are (no more than @cap are written), or ICMPKIT_ERR_RANGE with @why when
 * the name has none of this family or does not resolve.
 */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_resolve(const char *name, enum icmpkit_family family,
						     struct icmpkit_address *out, size_t cap,
						     char why[ICMPKIT_NETWORK_WHY_MAX]);

/** Reverse names, looked up beside the probing; never blocks the caller. */
struct icmpkit_reverse_names;

ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_reverse_names_new(struct icmpkit_reverse_names **out,
							       size_t entries_max);
/**
 * icmpkit_reverse_names_get() - The name of an address, if it is known by now; asks for it the first time.
 *
 * Return: 1 with @out written, 0 when the address has none (or no room for it was left), -EAGAIN while it is
 * not known.
 */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_reverse_names_get(struct icmpkit_reverse_names *names,
							       const struct icmpkit_address *address,
							       char *out, size_t cap);
/** Wait until all that were asked for are known, at most until @timeout_ns from now. */
ICMPKIT_API void icmpkit_reverse_names_wait(struct icmpkit_reverse_names *names, int64_t timeout_ns);
ICMPKIT_API void icmpkit_reverse_names_free(struct icmpkit_reverse_names *names);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * trace.h - The trace engine: the routers on the way, from the time exceeded messages they send.
 *
 * All probes of one flow look the same to a router that balances load: ports (UDP, TCP) or the checksum and
 * identifier (ICMP) stay constant, so that they take one path. Many probes are in flight at a time. See
 * <icmpkit/probe.h> for how an engine is driven.
 */
#ifndef ICMPKIT_TRACE_H
#define ICMPKIT_TRACE_H

#include <icmpkit/probe.h>

struct icmpkit_trace; /* owned by the caller of icmpkit_trace_new() */

#define ICMPKIT_TRACE_MAX_TTL 255
#define ICMPKIT_TRACE_MAX_QUERIES 64

/**
 * struct icmpkit_trace_options - Zero means the default.
 * @first_ttl, @max_ttl: default 1 and 30.
 * @queries:      probes a hop; default 3, at most ICMPKIT_TRACE_MAX_QUERIES.
 * @wait_ns:      the longest wait for an answer; default 5 s; shortened by what other hops show.
 * @patient:      never shorten the wait: for answers that a router makes only after a timeout of its own,
 * such as host unreachable.
 * @spacing_ns:   between two probes at least; default 1 ms.
 * @parallel:     hops that may be in flight beyond the last one that answered; default 16.
 * @silent_max:   stop after so many silent hops in a row; default 8; UINT8_MAX: never.
 * @dst_port:     UDP default 33434, TCP default 80. It stays the same for all probes.
 * @data_bytes:   ICMP and UDP payload; default 32, at least 12 (the cookie, the number, the compensating
 * word).
 * @token_base:   added to every token, for a driver that runs several engines side by side; a multiple of
 * 2^32.
 */
struct icmpkit_trace_options {
	size_t size;
	struct icmpkit_address target;
	struct icmpkit_probe_identity identity;
	enum icmpkit_method method;
	uint8_t first_ttl;
	uint8_t max_ttl;
	uint8_t queries;
	uint8_t silent_max;
	uint8_t parallel;
	bool patient;
	int64_t wait_ns;
	int64_t spacing_ns;
	uint16_t dst_port;
	uint16_t data_bytes;
	uint8_t traffic_class;
	uint64_t token_base;
};

#define ICMPKIT_TRACE_OPTIONS(...)                                                                           \
	(struct icmpkit_trace_options)                                                                       \
	{                                                                                                    \
		.size = sizeof(struct icmpkit_trace_options), __VA_ARGS__                                    \
	}

/** What an answer to a trace probe was. */
enum icmpkit_trace_answer {
	ICMPKIT_TRACE_TIME_EXCEEDED,
	ICMPKIT_TRACE_TARGET,	   /* the target: echo reply, port unreachable from it, SYN+ACK, RST */
	ICMPKIT_TRACE_UNREACHABLE, /* destination unreachable from a router, or of another kind from the
				      target */
	ICMPKIT_TRACE_OTHER_ERROR, /* packet too big, parameter problem */
	ICMPKIT_TRACE_SEND_FAILED, /* the system refused: see @error */
	ICMPKIT_TRACE_LOST,
};

enum icmpkit_trace_event_kind {
	ICMPKIT_TRACE_ANSWER, /* as it happens, in any order */
	ICMPKIT_TRACE_HOP,    /* all probes of a hop have their answer; comes in the order of the hops */
	ICMPKIT_TRACE_END,    /* nothing more is sent or waited for */
	ICMPKIT_TRACE_LATE,   /* an answer to a probe that a HOP event has given as lost; also behind END, as
				 long as arrivals are handed over. The result stays as it is. */
};

/** Why a trace ended. */
enum icmpkit_trace_stop {
	ICMPKIT_TRACE_STOP_REACHED,
	ICMPKIT_TRACE_STOP_UNREACHABLE, /* a router, or the target, says that it cannot be reached */
	ICMPKIT_TRACE_STOP_SILENT,	/* @silent_max hops in a row */
	ICMPKIT_TRACE_STOP_MAX_TTL,
	ICMPKIT_TRACE_STOP_SEND_FAILED, /* this host could not send */
	ICMPKIT_TRACE_STOP_ASKED,	/* icmpkit_trace_stop() */
};

/** struct icmpkit_trace_reply - What became of one probe. */
struct icmpkit_trace_reply {
	enum icmpkit_trace_answer answer;
	uint8_t ttl;		     /* of the probe */
	uint8_t query;		     /* from 0 */
	struct icmpkit_address from; /* family NONE while lost */
	int64_t rtt_ns;
	enum icmpkit_clock_source clock;
	uint8_t icmp_type; /* where an ICMP message answered */
	uint8_t icmp_code;
	bool is_icmp;
	int16_t reply_ttl;  /* -1 where unknown */
	uint8_t quoted_ttl; /* hop limit of the quoted datagram; 0 where not shown */
	bool has_quoted_ttl;
	uint32_t next_hop_mtu; /* of packet too big and fragmentation needed */
	int error;	       /* of SEND_FAILED: -errno */
	uint8_t mpls_count;    /* entries in @mpls; a deeper stack is cut and counted in @mpls_more */
	uint8_t mpls_more;
	struct {
		uint32_t label;
		uint8_t traffic_class;
		bool bottom_of_stack;
		uint8_t ttl;
	} mpls[8];
	bool has_interface;	  /* RFC 5837: the interface that the probe came in by, cut to these fields */
	uint8_t interface_role;	  /* enum icmpkit_interface_role */
	uint32_t interface_index; /* 0 where not told */
	uint32_t interface_mtu;
	struct icmpkit_address interface_address;
	char interface_name[64]; /* a stranger's bytes, zero-terminated */
};

/**
 * struct icmpkit_trace_event - @reply counts for ANSWER and LATE. @ttl counts for HOP: read its probes with
 * icmpkit_trace_reply_at(). @stop counts for END.
 */
struct icmpkit_trace_event {
	enum icmpkit_trace_event_kind kind;
	struct icmpkit_trace_reply reply;
	uint8_t ttl;
	enum icmpkit_trace_stop stop;
};

/** struct icmpkit_trace_summary - @hops: the TTL at which the target, or the last thing to answer, was seen.
 */
struct icmpkit_trace_summary {
	bool reached;
	uint8_t hops;
	uint8_t last_ttl; /* the highest TTL that belongs to the result */
	enum icmpkit_trace_stop stop;
	uint32_t probes;
	uint32_t refused; /* arrivals that claimed to be answers and did not fit */
	int64_t elapsed_ns;
};

/** Return: 0, or -ENOMEM, or ICMPKIT_ERR_RANGE. */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_trace_new(struct icmpkit_trace **out,
						       const struct icmpkit_trace_options *opt,
						       int64_t now_ns);
ICMPKIT_API int64_t icmpkit_trace_deadline_ns(const struct icmpkit_trace *trace);
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_trace_send(struct icmpkit_trace *trace, int64_t now_ns,
							uint8_t *buf, size_t cap, struct icmpkit_probe *out);
ICMPKIT_API void icmpkit_trace_receive(struct icmpkit_trace *trace, int64_t now_ns,
				       const struct icmpkit_arrival *arrival);
ICMPKIT_API bool icmpkit_trace_next_event(struct icmpkit_trace *trace, int64_t now_ns,
					  struct icmpkit_trace_event *out);
ICMPKIT_API void icmpkit_trace_free(struct icmpkit_trace *trace); /* NULL is allowed */

/** Ends now; probes in flight count as lost. */
ICMPKIT_API void icmpkit_trace_stop(struct icmpkit_trace *trace, int64_t now_ns);
/**
 * icmpkit_trace_reply_at() - What became of probe @query of the hop @ttl.
 *
 * Return: NULL when that probe was not sent or has no answer and no verdict yet. Lives until free.
 */
ICMPKIT_API const struct icmpkit_trace_reply *icmpkit_trace_reply_at(const struct icmpkit_trace *trace,
								     uint8_t ttl, uint8_t query);
ICMPKIT_API void icmpkit_trace_summarise(const struct icmpkit_trace *trace,
					 struct icmpkit_trace_summary *out);
ICMPKIT_API struct icmpkit_engine icmpkit_trace_engine(struct icmpkit_trace *trace);

#endif

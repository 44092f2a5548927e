/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * diagnose.h - The diagnosis: whether the way to a target works and, where not, what is wrong and where.
 *
 * An engine as described in <icmpkit/probe.h>; it runs ping and trace engines of its own, of several methods,
 * and turns what they see into one verdict. The words of verdicts and findings are public interface.
 */
#ifndef ICMPKIT_DIAGNOSE_H
#define ICMPKIT_DIAGNOSE_H

#include <icmpkit/probe.h>
#include <icmpkit/text.h>
#include <icmpkit/trace.h>

struct icmpkit_diagnose; /* owned by the caller of icmpkit_diagnose_new() */

/** In the order in which the first that holds is taken. */
enum icmpkit_verdict {
	ICMPKIT_VERDICT_NO_ADDRESS,
	ICMPKIT_VERDICT_NO_ROUTE,
	ICMPKIT_VERDICT_BLOCKED_LOCALLY,
	ICMPKIT_VERDICT_GATEWAY_SILENT,
	ICMPKIT_VERDICT_LOOP,
	ICMPKIT_VERDICT_NET_UNREACHABLE,
	ICMPKIT_VERDICT_FILTERED,
	ICMPKIT_VERDICT_HOST_UNREACHABLE,
	ICMPKIT_VERDICT_PROTOCOL_UNREACHABLE,
	ICMPKIT_VERDICT_PORT_UNREACHABLE,
	ICMPKIT_VERDICT_ECHO_FILTERED,
	ICMPKIT_VERDICT_SILENT_DROP,
	ICMPKIT_VERDICT_OK,
};

enum icmpkit_finding_kind {
	ICMPKIT_FINDING_MUTE_HOP,
	ICMPKIT_FINDING_RATE_LIMITED_REPLIES,
};

/** The word that scripts match on: "ok", "net-unreachable"... Static. */
ICMPKIT_API const char *icmpkit_verdict_word(enum icmpkit_verdict verdict);
ICMPKIT_API const char *icmpkit_finding_word(enum icmpkit_finding_kind kind);

enum icmpkit_relation {
	ICMPKIT_RELATION_LOCAL, /* this host */
	ICMPKIT_RELATION_AT,
	ICMPKIT_RELATION_AFTER, /* between this hop and the next */
};

/** @ttl: hops from this host; 0 is this host. @address: family NONE when the hop has not shown one. */
struct icmpkit_place {
	enum icmpkit_relation relation;
	uint8_t ttl;
	struct icmpkit_address address;
};

struct icmpkit_finding {
	enum icmpkit_finding_kind kind;
	struct icmpkit_place where;
	uint16_t asked; /* probes that this hop should have answered */
	uint16_t answered;
};

#define ICMPKIT_FINDINGS_MAX 32
#define ICMPKIT_DIAGNOSIS_TEXT_MAX 1024

/** One hop of the drawing. */
struct icmpkit_path_hop {
	uint8_t ttl;
	bool is_target;
	struct icmpkit_address address; /* family NONE: silent */
	int64_t rtt_ns;			/* the smallest; ICMPKIT_NEVER_NS: none */
	uint16_t asked;
	uint16_t answered;
};

/**
 * struct icmpkit_diagnosis - The result.
 * @summary: one sentence: what and where. @evidence: one sentence: since what was seen. @advice: one
 * sentence: what to do next. English, no line ends, addresses from the network in them are formatted by us.
 * @confidence_percent: how sure, 0 to 100.
 */
struct icmpkit_diagnosis {
	enum icmpkit_verdict verdict;
	struct icmpkit_place where;
	char summary[ICMPKIT_DIAGNOSIS_TEXT_MAX];
	char evidence[ICMPKIT_DIAGNOSIS_TEXT_MAX];
	char advice[ICMPKIT_DIAGNOSIS_TEXT_MAX];
	uint8_t confidence_percent;
	size_t finding_count;
	uint32_t findings_left_out;
	struct icmpkit_finding findings[ICMPKIT_FINDINGS_MAX];
	size_t hop_count;
	struct icmpkit_path_hop hops[ICMPKIT_TRACE_MAX_TTL + 1];
	uint32_t probes;
	int64_t elapsed_ns;
};

/**
 * struct icmpkit_diagnose_options - Zero means the default.
 * @name:     what the user asked about, for the sentences; borrowed for the engine's life. NULL: the address.
 * @can_udp, @can_tcp: the driver has a way to send such probes.
 * @max_ttl:  default 30.
 * @tcp_port: 0: the engine chooses likely ports.
 */
struct icmpkit_diagnose_options {
	size_t size;
	struct icmpkit_address target;
	const char *name;
	struct icmpkit_probe_identity identity;
	bool can_udp;
	bool can_tcp;
	uint8_t max_ttl;
	uint16_t tcp_port;
};

#define ICMPKIT_DIAGNOSE_OPTIONS(...)                                                                        \
	(struct icmpkit_diagnose_options)                                                                    \
	{                                                                                                    \
		.size = sizeof(struct icmpkit_diagnose_options), __VA_ARGS__                                 \
	}

enum icmpkit_diagnose_event_kind {
	ICMPKIT_DIAGNOSE_STEP,	/* @step says in words what is being asked now */
	ICMPKIT_DIAGNOSE_REPLY, /* what became of one probe: the evidence */
	ICMPKIT_DIAGNOSE_END,	/* the result stands: icmpkit_diagnose_result() */
};

struct icmpkit_diagnose_event {
	enum icmpkit_diagnose_event_kind kind;
	const char *step; /* static */
	enum icmpkit_method method;
	struct icmpkit_trace_reply reply; /* @ttl 0: sent with the full hop limit */
};

/** Return: 0, or -ENOMEM, or ICMPKIT_ERR_RANGE. */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_diagnose_new(struct icmpkit_diagnose **out,
							  const struct icmpkit_diagnose_options *opt,
							  int64_t now_ns);
ICMPKIT_API int64_t icmpkit_diagnose_deadline_ns(const struct icmpkit_diagnose *diagnose);
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_diagnose_send(struct icmpkit_diagnose *diagnose, int64_t now_ns,
							   uint8_t *buf, size_t cap,
							   struct icmpkit_probe *out);
ICMPKIT_API void icmpkit_diagnose_receive(struct icmpkit_diagnose *diagnose, int64_t now_ns,
					  const struct icmpkit_arrival *arrival);
ICMPKIT_API bool icmpkit_diagnose_next_event(struct icmpkit_diagnose *diagnose, int64_t now_ns,
					     struct icmpkit_diagnose_event *out);
ICMPKIT_API void icmpkit_diagnose_free(struct icmpkit_diagnose *diagnose); /* NULL is allowed */

/** The result; complete once END was given, before that what is known so far. Lives until free. */
ICMPKIT_API const struct icmpkit_diagnosis *icmpkit_diagnose_result(const struct icmpkit_diagnose *diagnose);
ICMPKIT_API struct icmpkit_engine icmpkit_diagnose_engine(struct icmpkit_diagnose *diagnose);

/**
 * icmpkit_diagnosis_no_address() - The diagnosis for a name that does not resolve.
 * @why: the resolver's words.
 */
ICMPKIT_API void icmpkit_diagnosis_no_address(const char *name, enum icmpkit_family family, const char *why,
					      struct icmpkit_diagnosis *out);

#endif

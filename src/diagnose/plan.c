/* SPDX-License-Identifier: BSD-2-Clause */
/* Which probes to send next, by what has been seen. */
#include "diagnose/diagnose_state.h"

/* Linux answers six errors at once and then one a second to one destination (net.ipv4.icmp_ratelimit): five
 * probes a hop stay below that, so that a healthy path shows no limit. */
#define PATH_QUERIES 3
#define SURVEY_QUERIES 2
#define CONFIRM_QUERIES 1
#define SPACING_NS (4 * ICMPKIT_NS_PER_MS)
#define PATH_WAIT_NS (2 * ICMPKIT_NS_PER_S)
/* A router says host unreachable only after it has asked for the link-layer address three times, a second
 * apart (RFC 4861 10; Linux does the same for ARP). */
#define PATIENT_WAIT_NS (4500 * ICMPKIT_NS_PER_MS)
/* How far beyond the last answer the patient look goes. */
#define SILENCE_HOPS 2

static int begin_trace(struct icmpkit_diagnose *diagnose, struct icmpkit_trace_options opt, int64_t now_ns)
{
	if (diagnose->child_count == DIAGNOSE_CHILDREN_MAX)
		return ICMPKIT_ERR_FULL;
	struct diagnose_child *child = &diagnose->children[diagnose->child_count];

	opt.size = sizeof(opt);
	opt.target = diagnose->opt.target;
	opt.identity = diagnose->opt.identity;
	opt.spacing_ns = SPACING_NS;
	opt.token_base = ++diagnose->traces_begun << 32;
	*child = (struct diagnose_child){.opt = opt};
	int err = icmpkit_trace_new(&child->trace, &opt, now_ns);

	diagnose->child_count += err == 0;
	return err;
}

static void begin_step(struct icmpkit_diagnose *diagnose, enum diagnose_step step, const char *words,
		       int64_t now_ns)
{
	diagnose->at = step;
	diagnose->step = words;
	diagnose->step_started_ns = now_ns;
	diagnose->next_turn = 0;
}

int icmpkit_plan_first(struct icmpkit_diagnose *diagnose, int64_t now_ns)
{
	begin_step(diagnose, STEP_PATH, "asking every hop with ICMP echo", now_ns);
	return begin_trace(diagnose,
			   (struct icmpkit_trace_options){
				   .max_ttl = diagnose->opt.max_ttl,
				   .queries = PATH_QUERIES,
				   .wait_ns = PATH_WAIT_NS,
			   },
			   now_ns);
}

static bool repeat(struct icmpkit_diagnose *diagnose, uint8_t last_ttl, uint8_t queries, int64_t now_ns)
{
	return begin_trace(diagnose,
			   (struct icmpkit_trace_options){
				   .max_ttl = last_ttl,
				   .queries = queries,
				   .wait_ns = PATH_WAIT_NS,
			   },
			   now_ns) == 0;
}

/* The TTLs behind the last hop that answers, and the target itself with the full TTL. */
static uint8_t first_silent(const struct icmpkit_diagnose *diagnose)
{
	uint8_t first = (uint8_t)(diagnose->evidence.last_answered + 1);

	return first < diagnose->opt.max_ttl ? first : diagnose->opt.max_ttl;
}

static uint8_t last_silent(const struct icmpkit_diagnose *diagnose)
{
	unsigned int last = first_silent(diagnose) + SILENCE_HOPS;

	return (uint8_t)(last < diagnose->opt.max_ttl ? last : diagnose->opt.max_ttl);
}

static void ask_by(struct icmpkit_diagnose *diagnose, enum icmpkit_method method, uint16_t port,
		   int64_t now_ns)
{
	/* A port that cannot be asked leaves the others. */
	(void)begin_trace(diagnose,
			  (struct icmpkit_trace_options){
				  .method = method,
				  .first_ttl = first_silent(diagnose),
				  .max_ttl = diagnose->opt.max_ttl,
				  .parallel = method == ICMPKIT_METHOD_UDP ? 0 : 8,
				  .queries = 1,
				  .patient = true,
				  .wait_ns = PATIENT_WAIT_NS,
				  .dst_port = port,
			  },
			  now_ns);
}

static bool look_into_silence(struct icmpkit_diagnose *diagnose, int64_t now_ns)
{
	static const uint16_t likely_ports[] = {443, 80, 22};

	begin_step(diagnose, STEP_SILENCE, "waiting for late answers, and asking by UDP and TCP", now_ns);
	bool has_begun = begin_trace(diagnose,
				     (struct icmpkit_trace_options){
					     .first_ttl = first_silent(diagnose),
					     .max_ttl = last_silent(diagnose),
					     .queries = 2,
					     .patient = true,
					     .wait_ns = PATIENT_WAIT_NS,
				     },
				     now_ns) == 0;

	if (diagnose->opt.can_udp)
		ask_by(diagnose, ICMPKIT_METHOD_UDP, 0, now_ns);
	if (diagnose->opt.can_tcp && diagnose->opt.tcp_port != 0)
		ask_by(diagnose, ICMPKIT_METHOD_TCP, diagnose->opt.tcp_port, now_ns);
	for (size_t i = 0; diagnose->opt.can_tcp && diagnose->opt.tcp_port == 0 && i < 3; i++)
		ask_by(diagnose, ICMPKIT_METHOD_TCP, likely_ports[i], now_ns);
	return has_begun || diagnose->child_count > diagnose->first_running;
}

static bool goes_round(const struct evidence *evidence)
{
	struct icmpkit_place place;
	uint8_t confidence_percent;

	return icmpkit_loop.holds(evidence, &place, &confidence_percent);
}

bool icmpkit_plan_next(struct icmpkit_diagnose *diagnose, int64_t now_ns)
{
	const struct evidence *evidence = &diagnose->evidence;

	if (diagnose->at != STEP_PATH || evidence->send_error != 0)
		return false;
	if (evidence->echo_answered > 0) {
		begin_step(diagnose, STEP_SURVEY, "the target answers; asking every hop once more", now_ns);
		return repeat(diagnose, evidence->target_ttl, SURVEY_QUERIES, now_ns);
	}
	if (goes_round(evidence))
		return false; /* the repetition is in the loop itself */
	if (evidence->error.count > 0 && !icmpkit_evidence_error_is_own(evidence)) {
		begin_step(diagnose, STEP_CONFIRM, "asking once more where the error comes from", now_ns);
		return repeat(diagnose, evidence->error.lowest_ttl, CONFIRM_QUERIES, now_ns);
	}
	if (evidence->error.count > 0)
		return false; /* this host's own word */
	return look_into_silence(diagnose, now_ns);
}

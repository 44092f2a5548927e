/* SPDX-License-Identifier: BSD-2-Clause */
/* The diagnosis as an engine: runs the traces of a step side by side, and goes from step to step. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "diagnose/diagnose_state.h"

#define DEFAULT_MAX_TTL 30

int icmpkit_diagnose_new(struct icmpkit_diagnose **out, const struct icmpkit_diagnose_options *opt,
			 int64_t now_ns)
{
	if (opt->size != sizeof(*opt) || icmpkit_address_len(opt->target.family) == 0)
		return ICMPKIT_ERR_RANGE;
	struct icmpkit_diagnose *diagnose = calloc(1, sizeof(*diagnose));

	if (diagnose == NULL)
		return -ENOMEM;
	diagnose->opt = *opt;
	diagnose->opt.max_ttl = opt->max_ttl == 0 ? DEFAULT_MAX_TTL : opt->max_ttl;
	diagnose->evidence.target = opt->target;
	diagnose->evidence.source = opt->identity.source;
	diagnose->started_ns = now_ns;
	int err = icmpkit_plan_first(diagnose, now_ns);

	if (err < 0) {
		icmpkit_diagnose_free(diagnose);
		return err;
	}
	*out = diagnose;
	return 0;
}

void icmpkit_diagnose_free(struct icmpkit_diagnose *diagnose)
{
	if (diagnose == NULL)
		return;
	for (size_t i = 0; i < diagnose->child_count; i++)
		icmpkit_trace_free(diagnose->children[i].trace);
	free(diagnose);
}

int64_t icmpkit_diagnose_deadline_ns(const struct icmpkit_diagnose *diagnose)
{
	int64_t next_ns = ICMPKIT_NEVER_NS;

	if (diagnose->is_finished)
		return ICMPKIT_NEVER_NS;
	for (size_t i = diagnose->first_running; i < diagnose->child_count; i++) {
		int64_t child_ns = icmpkit_trace_deadline_ns(diagnose->children[i].trace);

		next_ns = child_ns < next_ns ? child_ns : next_ns;
	}
	/* All traces of the step have ended: the next step is due at once. */
	return next_ns == ICMPKIT_NEVER_NS ? diagnose->step_started_ns : next_ns;
}

int icmpkit_diagnose_send(struct icmpkit_diagnose *diagnose, int64_t now_ns, uint8_t *buf, size_t cap,
			  struct icmpkit_probe *out)
{
	size_t running = diagnose->child_count - diagnose->first_running;

	/* Traces side by side take turns, each at its own pace. */
	for (size_t i = 0; i < running; i++) {
		size_t turn = diagnose->first_running + (diagnose->next_turn + i) % running;
		int sent = icmpkit_trace_send(diagnose->children[turn].trace, now_ns, buf, cap, out);

		if (sent != 0) {
			diagnose->next_turn += i + 1;
			return sent;
		}
	}
	return 0;
}

void icmpkit_diagnose_receive(struct icmpkit_diagnose *diagnose, int64_t now_ns,
			      const struct icmpkit_arrival *arrival)
{
	for (size_t i = 0; i < diagnose->child_count; i++)
		icmpkit_trace_receive(diagnose->children[i].trace, now_ns, arrival);
}

/* An event of a trace that is evidence, if there is one. */
static bool next_reply(struct icmpkit_diagnose *diagnose, int64_t now_ns, struct icmpkit_diagnose_event *out)
{
	for (size_t i = 0; i < diagnose->child_count; i++) {
		struct diagnose_child *child = &diagnose->children[i];
		struct icmpkit_trace_event event;

		while (icmpkit_trace_next_event(child->trace, now_ns, &event)) {
			child->has_ended = child->has_ended || event.kind == ICMPKIT_TRACE_END;
			if (event.kind == ICMPKIT_TRACE_LATE)
				icmpkit_evidence_add_late(&diagnose->evidence, &event.reply, &child->opt);
			else if (event.kind != ICMPKIT_TRACE_ANSWER)
				continue;
			*out = (struct icmpkit_diagnose_event){
				.kind = ICMPKIT_DIAGNOSE_REPLY,
				.method = child->opt.method,
				.reply = event.reply,
			};
			return true;
		}
	}
	return false;
}

static bool step_has_ended(const struct icmpkit_diagnose *diagnose)
{
	for (size_t i = diagnose->first_running; i < diagnose->child_count; i++) {
		if (!diagnose->children[i].has_ended)
			return false;
	}
	return true;
}

/* The traces of the step go into the evidence. They are kept: a router that has looked for a neighbour for
 * three seconds tells of the probes that waited longest, and those are theirs. */
static void close_step(struct icmpkit_diagnose *diagnose)
{
	for (size_t i = diagnose->first_running; i < diagnose->child_count; i++) {
		struct diagnose_child *child = &diagnose->children[i];
		struct icmpkit_trace_summary summary;

		icmpkit_trace_summarise(child->trace, &summary);
		diagnose->result.probes += summary.probes;
		icmpkit_evidence_add(&diagnose->evidence, child->trace, &child->opt);
	}
	diagnose->first_running = diagnose->child_count;
}

static struct icmpkit_path_hop hop_to_draw(const struct evidence *evidence, uint8_t ttl)
{
	const struct evidence_hop *hop = &evidence->hops[ttl];
	const struct evidence_error *error = &evidence->error;
	bool is_target = ttl == evidence->target_ttl;

	/* A router that refuses packets at once answers none with time exceeded. */
	if (hop->answered == 0 && error->count > 0 && ttl == error->lowest_ttl)
		return (struct icmpkit_path_hop){
			.ttl = ttl,
			.is_target = icmpkit_address_equal(&error->from, &evidence->target),
			.address = error->from,
			.rtt_ns = error->lowest_rtt_ns,
			.asked = hop->asked,
			.answered = error->lowest_count,
		};
	return (struct icmpkit_path_hop){
		.ttl = ttl,
		.is_target = is_target,
		.address = is_target ? evidence->target : hop->address,
		.rtt_ns = hop->answered > 0 ? hop->rtt_ns : ICMPKIT_NEVER_NS,
		.asked = hop->asked,
		.answered = hop->answered,
	};
}

static void draw_path(struct icmpkit_diagnose *diagnose)
{
	const struct evidence *evidence = &diagnose->evidence;
	struct icmpkit_diagnosis *result = &diagnose->result;
	unsigned int last = evidence->target_ttl > 0 ? evidence->target_ttl : evidence->last_answered;

	if (result->where.relation == ICMPKIT_RELATION_AT && result->where.ttl > last)
		last = result->where.ttl;
	for (unsigned int ttl = 1; ttl <= last; ttl++)
		result->hops[result->hop_count++] = hop_to_draw(evidence, (uint8_t)ttl);
}

static void conclude(struct icmpkit_diagnose *diagnose, int64_t now_ns)
{
	struct icmpkit_diagnosis *result = &diagnose->result;
	const struct hypothesis *holds =
		icmpkit_hypothesis_decide(&diagnose->evidence, &result->where, &result->confidence_percent);

	result->verdict = holds->verdict;
	icmpkit_findings(&diagnose->evidence, result);
	icmpkit_words(&diagnose->evidence, diagnose->opt.name, result);
	draw_path(diagnose);
	result->elapsed_ns = now_ns - diagnose->started_ns;
	diagnose->is_finished = true;
}

static bool next_step(struct icmpkit_diagnose *diagnose, struct icmpkit_diagnose_event *out)
{
	if (diagnose->step == NULL)
		return false;
	*out = (struct icmpkit_diagnose_event){.kind = ICMPKIT_DIAGNOSE_STEP, .step = diagnose->step};
	diagnose->step = NULL;
	return true;
}

bool icmpkit_diagnose_next_event(struct icmpkit_diagnose *diagnose, int64_t now_ns,
				 struct icmpkit_diagnose_event *out)
{
	if (diagnose->is_finished)
		return false;
	if (next_step(diagnose, out) || next_reply(diagnose, now_ns, out))
		return true;
	if (!step_has_ended(diagnose))
		return false;
	close_step(diagnose);
	if (icmpkit_plan_next(diagnose, now_ns))
		return next_step(diagnose, out);
	conclude(diagnose, now_ns);
	*out = (struct icmpkit_diagnose_event){.kind = ICMPKIT_DIAGNOSE_END};
	return true;
}

const struct icmpkit_diagnosis *icmpkit_diagnose_result(const struct icmpkit_diagnose *diagnose)
{
	return &diagnose->result;
}

static int64_t engine_deadline_ns(const void *engine)
{
	return icmpkit_diagnose_deadline_ns(engine);
}

static int engine_send(void *engine, int64_t now_ns, uint8_t *buf, size_t cap, struct icmpkit_probe *out)
{
	return icmpkit_diagnose_send(engine, now_ns, buf, cap, out);
}

static void engine_receive(void *engine, int64_t now_ns, const struct icmpkit_arrival *arrival)
{
	icmpkit_diagnose_receive(engine, now_ns, arrival);
}

struct icmpkit_engine icmpkit_diagnose_engine(struct icmpkit_diagnose *diagnose)
{
	static const struct icmpkit_engine_operations operations = {
		.name = "diagnose",
		.deadline_ns = engine_deadline_ns,
		.send = engine_send,
		.receive = engine_receive,
	};

	return (struct icmpkit_engine){.operations = &operations, .self = diagnose};
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* The diagnosis for programs: the evidence as it comes, and the verdict in the last line. */
#include <string.h>

#include "out/format.h"

static const char *answer_word(enum icmpkit_trace_answer answer)
{
	static const char *const words[] = {
		[ICMPKIT_TRACE_TIME_EXCEEDED] = "time-exceeded", [ICMPKIT_TRACE_TARGET] = "target",
		[ICMPKIT_TRACE_UNREACHABLE] = "unreachable",	 [ICMPKIT_TRACE_OTHER_ERROR] = "error",
		[ICMPKIT_TRACE_SEND_FAILED] = "unsent",		 [ICMPKIT_TRACE_LOST] = "lost",
	};

	return words[answer];
}

static void put_probe(struct icmpkit_json *json, const struct icmpkit_diagnose_event *event)
{
	const struct icmpkit_trace_reply *reply = &event->reply;

	icmpkit_json_string(json, "method", icmpkit_method_name(event->method));
	icmpkit_json_unsigned(json, "ttl", reply->ttl);
	icmpkit_json_string(json, "answer", answer_word(reply->answer));
	icmpkit_json_address(json, "from", &reply->from);
	icmpkit_json_ns(json, "rtt_ns", reply->rtt_ns);
	if (reply->is_icmp)
		icmpkit_json_icmp(json, reply->from.family, reply->icmp_type, reply->icmp_code);
	else
		icmpkit_json_null(json, "icmp");
	icmpkit_json_string(json, "error", reply->error == 0 ? NULL : strerror(-reply->error));
}

static void put_event(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		      const struct icmpkit_subject *target, const struct icmpkit_diagnose_event *event)
{
	struct icmpkit_json json;

	(void)shown;
	if (event->kind == ICMPKIT_DIAGNOSE_END)
		return;
	icmpkit_json_init(&json, text);
	icmpkit_json_object(&json, NULL);
	icmpkit_json_string(&json, "type", event->kind == ICMPKIT_DIAGNOSE_STEP ? "step" : "probe");
	icmpkit_json_now(&json);
	icmpkit_json_string(&json, "target", target->name);
	if (event->kind == ICMPKIT_DIAGNOSE_STEP)
		icmpkit_json_string(&json, "text", event->step);
	else
		put_probe(&json, event);
	icmpkit_json_end_object(&json);
	icmpkit_text_put_char(text, '\n');
}

static void put_place(struct icmpkit_json *json, const struct icmpkit_place *place)
{
	static const char *const relations[] = {
		[ICMPKIT_RELATION_LOCAL] = "local",
		[ICMPKIT_RELATION_AT] = "at",
		[ICMPKIT_RELATION_AFTER] = "after",
	};

	icmpkit_json_object(json, "where");
	icmpkit_json_string(json, "relation", relations[place->relation]);
	icmpkit_json_unsigned(json, "ttl", place->ttl);
	icmpkit_json_address(json, "address", &place->address);
	icmpkit_json_end_object(json);
}

static void put_findings(struct icmpkit_json *json, const struct icmpkit_diagnosis *result)
{
	icmpkit_json_array(json, "findings");
	for (size_t i = 0; i < result->finding_count; i++) {
		const struct icmpkit_finding *finding = &result->findings[i];

		icmpkit_json_object(json, NULL);
		icmpkit_json_string(json, "kind", icmpkit_finding_word(finding->kind));
		put_place(json, &finding->where);
		icmpkit_json_object(json, "detail");
		icmpkit_json_unsigned(json, "asked", finding->asked);
		icmpkit_json_unsigned(json, "answered", finding->answered);
		icmpkit_json_end_object(json);
		icmpkit_json_end_object(json);
	}
	icmpkit_json_end_array(json);
}

static void put_path(struct icmpkit_json *json, const struct icmpkit_diagnosis *result)
{
	icmpkit_json_array(json, "path");
	for (size_t i = 0; i < result->hop_count; i++) {
		const struct icmpkit_path_hop *hop = &result->hops[i];

		icmpkit_json_object(json, NULL);
		icmpkit_json_unsigned(json, "ttl", hop->ttl);
		icmpkit_json_address(json, "address", &hop->address);
		icmpkit_json_ns(json, "rtt_ns", hop->rtt_ns);
		icmpkit_json_unsigned(json, "asked", hop->asked);
		icmpkit_json_unsigned(json, "answered", hop->answered);
		icmpkit_json_end_object(json);
	}
	icmpkit_json_end_array(json);
}

static void put_end(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		    const struct icmpkit_subject *target, const struct icmpkit_address *source,
		    const struct icmpkit_diagnosis *result)
{
	struct icmpkit_json json;

	(void)shown;
	icmpkit_json_init(&json, text);
	icmpkit_json_object(&json, NULL);
	icmpkit_json_string(&json, "type", "diagnosis");
	icmpkit_json_now(&json);
	icmpkit_json_string(&json, "target", target->name);
	icmpkit_json_address(&json, "address", &target->address);
	icmpkit_json_address(&json, "source", source);
	icmpkit_json_string(&json, "verdict", icmpkit_verdict_word(result->verdict));
	put_place(&json, &result->where);
	icmpkit_json_string(&json, "summary", result->summary);
	icmpkit_json_string(&json, "evidence", result->evidence);
	icmpkit_json_string(&json, "advice", result->advice);
	icmpkit_json_fixed(&json, "confidence", result->confidence_percent, 2);
	put_findings(&json, result);
	icmpkit_json_unsigned(&json, "findings_left_out", result->findings_left_out);
	put_path(&json, result);
	icmpkit_json_unsigned(&json, "probes", result->probes);
	icmpkit_json_ns(&json, "elapsed_ns", result->elapsed_ns);
	icmpkit_json_end_object(&json);
	icmpkit_text_put_char(text, '\n');
}

const struct icmpkit_diagnose_format icmpkit_diagnose_json = {
	.event = put_event,
	.end = put_end,
};

/* SPDX-License-Identifier: BSD-2-Clause */
/* The words of verdicts and findings, and the sentences that go with a verdict. */
#include <string.h>

#include "diagnose/hypothesis.h"

const char *icmpkit_verdict_word(enum icmpkit_verdict verdict)
{
	static const char *const words[] = {
		[ICMPKIT_VERDICT_NO_ADDRESS] = "no-address",
		[ICMPKIT_VERDICT_NO_ROUTE] = "no-route",
		[ICMPKIT_VERDICT_BLOCKED_LOCALLY] = "blocked-locally",
		[ICMPKIT_VERDICT_GATEWAY_SILENT] = "gateway-silent",
		[ICMPKIT_VERDICT_LOOP] = "loop",
		[ICMPKIT_VERDICT_NET_UNREACHABLE] = "net-unreachable",
		[ICMPKIT_VERDICT_FILTERED] = "filtered",
		[ICMPKIT_VERDICT_HOST_UNREACHABLE] = "host-unreachable",
		[ICMPKIT_VERDICT_PROTOCOL_UNREACHABLE] = "protocol-unreachable",
		[ICMPKIT_VERDICT_PORT_UNREACHABLE] = "port-unreachable",
		[ICMPKIT_VERDICT_ECHO_FILTERED] = "echo-filtered",
		[ICMPKIT_VERDICT_SILENT_DROP] = "silent-drop",
		[ICMPKIT_VERDICT_OK] = "ok",
	};

	return words[verdict];
}

const char *icmpkit_finding_word(enum icmpkit_finding_kind kind)
{
	static const char *const words[] = {
		[ICMPKIT_FINDING_MUTE_HOP] = "mute-hop",
		[ICMPKIT_FINDING_RATE_LIMITED_REPLIES] = "rate-limited-replies",
	};

	return words[kind];
}

/* What the sentences speak of. In a sentence, %t stands for the target, %p for the place, %e for who sent the
 * error, %w for the error's words, %m for the method and port that were answered, %n for how often the error
 * came, %a and %q for how many echo requests were answered and sent, %o for the other kinds of probe. */
struct subject {
	const struct evidence *evidence;
	const struct icmpkit_diagnosis *diagnosis;
	const char *name;
};

static void put_target(struct icmpkit_text *text, const struct subject *subject)
{
	char address[ICMPKIT_ADDRESS_TEXT_MAX];

	(void)icmpkit_address_format(&subject->evidence->target, address);
	icmpkit_text_put(text, subject->name == NULL ? address : subject->name);
	if (subject->name != NULL && strcmp(subject->name, address) != 0) {
		icmpkit_text_put(text, " (");
		icmpkit_text_put(text, address);
		icmpkit_text_put_char(text, ')');
	}
}

static void put_place(struct icmpkit_text *text, const struct icmpkit_place *place)
{
	if (place->ttl == 0) {
		icmpkit_text_put(text, "this host");
		return;
	}
	if (place->address.family != ICMPKIT_FAMILY_NONE) {
		icmpkit_text_put_address(text, &place->address);
		icmpkit_text_put(text, " (hop ");
		icmpkit_text_put_unsigned(text, place->ttl);
		icmpkit_text_put_char(text, ')');
	} else {
		icmpkit_text_put(text, "hop ");
		icmpkit_text_put_unsigned(text, place->ttl);
	}
}

static void put_method(struct icmpkit_text *text, const struct subject *subject)
{
	icmpkit_text_put(text,
			 subject->evidence->other_method == ICMPKIT_METHOD_TCP ? "TCP port " : "UDP port ");
	icmpkit_text_put_unsigned(text, subject->evidence->other_port);
}

static void put_other_kinds(struct icmpkit_text *text, const struct evidence *evidence)
{
	icmpkit_text_put(text, "ICMP");
	if (evidence->asked_udp)
		icmpkit_text_put(text, evidence->asked_tcp ? ", UDP" : " and UDP");
	if (evidence->asked_tcp)
		icmpkit_text_put(text, " and TCP");
}

static void put_variable(struct icmpkit_text *text, const struct subject *subject, char variable)
{
	const struct evidence *evidence = subject->evidence;

	switch (variable) {
	case 't':
		put_target(text, subject);
		break;
	case 'p':
		put_place(text, &subject->diagnosis->where);
		break;
	case 'e':
		icmpkit_text_put_address(text, &evidence->error.from);
		break;
	case 'w':
		icmpkit_text_put(text,
				 icmpkit_message_name(evidence->target.family, evidence->error.icmp_type,
						      evidence->error.icmp_code));
		break;
	case 'm':
		put_method(text, subject);
		break;
	case 'n':
		icmpkit_text_put_unsigned(text, evidence->error.count);
		icmpkit_text_put(text, evidence->error.count == 1 ? " probe" : " probes");
		break;
	case 'a':
		icmpkit_text_put_unsigned(text, evidence->echo_answered);
		break;
	case 'q':
		icmpkit_text_put_unsigned(text, evidence->echo_asked);
		break;
	default:
		put_other_kinds(text, evidence);
		break;
	}
}

static void put_sentence(char *buf, const struct subject *subject, const char *sentence)
{
	struct icmpkit_text text;

	icmpkit_text_init(&text, buf, ICMPKIT_DIAGNOSIS_TEXT_MAX);
	for (; *sentence != '\0'; sentence++) {
		if (*sentence == '%')
			put_variable(&text, subject, *++sentence);
		else
			icmpkit_text_put_char(&text, *sentence);
	}
}

struct sentences {
	const char *summary;
	const char *evidence;
	const char *advice;
};

static const struct sentences sentences[] = {
	[ICMPKIT_VERDICT_NO_ROUTE] =
		{"This host has no route to %t.", "The system refused to send the first probe.",
		 "Look at the routes of this host (ip route get) and at its default gateway."},
	[ICMPKIT_VERDICT_BLOCKED_LOCALLY] =
		{"A rule of this host forbids sending to %t.",
		 "The system refused to send: operation not permitted.",
		 "Look at this host's packet filter (nft list ruleset) and its routes of "
		 "type prohibit."},
	[ICMPKIT_VERDICT_GATEWAY_SILENT] =
		{"The first hop on the way to %t does not answer on the local link.",
		 "This host asked for its link-layer address in vain, and no router "
		 "answered any probe.",
		 "Check the cable, the VLAN and the gateway's address (ip neigh)."},
	[ICMPKIT_VERDICT_LOOP] =
		{"Packets to %t go round in a loop that begins at %p.",
		 "The same routers answered again and again at rising TTLs, and the target never did.",
		 "Ask the operator of these routers for their routes to the target: they point at one "
		 "another."},
	[ICMPKIT_VERDICT_NET_UNREACHABLE] = {"%p has no route to %t.",
					     "It said so itself (%e: %w) in answer to %n.",
					     "Ask the operator of this router for its route to the target."},
	[ICMPKIT_VERDICT_FILTERED] =
		{"%p forbids packets to %t.", "It said so itself (%e: %w) in answer to %n.",
		 "Ask the operator of this device to allow the traffic, if it should pass."},
	[ICMPKIT_VERDICT_HOST_UNREACHABLE] =
		{"%p cannot reach %t on its link.", "It said so itself (%e: %w) in answer to %n.",
		 "Check that the target is switched on, connected and has this address."},
	[ICMPKIT_VERDICT_PROTOCOL_UNREACHABLE] =
		{"%t answers that it does not speak the protocol.",
		 "It said so itself (%e: %w) in answer to %n.",
		 "The way works: allow ICMP in the packet filter of the target, if it should answer."},
	[ICMPKIT_VERDICT_PORT_UNREACHABLE] = {"%t refuses the packets as for a closed port.",
					      "It said so itself (%e: %w) in answer to %n.",
					      "The way works: allow ICMP echo in the packet filter of the "
					      "target, if it should answer ping."},
	[ICMPKIT_VERDICT_ECHO_FILTERED] =
		{"%t is reachable, but it does not answer echo requests.",
		 "It answered a probe to %m, and none of the echo requests.",
		 "Nothing is wrong with the way; allow ICMP echo at the target if it should "
		 "answer ping."},
	[ICMPKIT_VERDICT_SILENT_DROP] =
		{"Packets to %t vanish after %p.",
		 "Nobody beyond it answered any probe (%o), and no router reported an error.",
		 "Ask the operator of the hop after it: a filter drops the packets silently, or "
		 "the answers find no way back."},
	[ICMPKIT_VERDICT_OK] = {"The way to %t works.", "The target answered %a of %q echo requests.",
				"There is nothing to do."},
};

static const struct sentences filtered_by_target = {
	"%t itself forbids the packets.",
	"It said so itself (%e: %w) in answer to %n.",
	"Allow the traffic in the packet filter of the target, if it should pass.",
};

static const struct sentences *sentences_for(const struct evidence *evidence,
					     const struct icmpkit_diagnosis *diagnosis)
{
	if (diagnosis->verdict == ICMPKIT_VERDICT_FILTERED &&
	    icmpkit_address_equal(&diagnosis->where.address, &evidence->target))
		return &filtered_by_target;
	return &sentences[diagnosis->verdict];
}

void icmpkit_words(const struct evidence *evidence, const char *name, struct icmpkit_diagnosis *out)
{
	const struct sentences *words = sentences_for(evidence, out);
	struct subject subject = {evidence, out, name};

	put_sentence(out->summary, &subject, words->summary);
	put_sentence(out->evidence, &subject, words->evidence);
	put_sentence(out->advice, &subject, words->advice);
}

void icmpkit_diagnosis_no_address(const char *name, enum icmpkit_family family, const char *why,
				  struct icmpkit_diagnosis *out)
{
	struct icmpkit_text text;

	*out = (struct icmpkit_diagnosis){.verdict = ICMPKIT_VERDICT_NO_ADDRESS, .confidence_percent = 99};
	icmpkit_text_init(&text, out->summary, sizeof(out->summary));
	icmpkit_text_put(&text, "The name ");
	icmpkit_text_put(&text, name);
	icmpkit_text_put(&text, family == ICMPKIT_IPV4	 ? " has no IPv4 address."
				: family == ICMPKIT_IPV6 ? " has no IPv6 address."
							 : " has no address.");
	icmpkit_text_init(&text, out->evidence, sizeof(out->evidence));
	icmpkit_text_put(&text, "The resolver says: ");
	icmpkit_text_put(&text, why);
	icmpkit_text_put_char(&text, '.');
	icmpkit_text_init(&text, out->advice, sizeof(out->advice));
	icmpkit_text_put(&text, "Check the spelling, and the name servers of this host (/etc/resolv.conf).");
}

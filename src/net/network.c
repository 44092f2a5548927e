/* SPDX-License-Identifier: BSD-2-Clause */
/* The network: opens the ways out, and knows them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <unistd.h>

#include "net/network_state.h"
#include "net/options.h"
#include "net/route.h"

static void close_way(struct icmpkit_way *way)
{
	if (way->fd >= 0)
		(void)close(way->fd);
	if (way->port_holder >= 0)
		(void)close(way->port_holder);
	free(way);
}

static int set_up(struct icmpkit_way *way, const struct icmpkit_network_options *opt,
		  char why[ICMPKIT_NETWORK_WHY_MAX])
{
	int err = way->operations->open(way, why);

	if (err == 0)
		err = icmpkit_options_route(way->fd, opt, why);
	if (err == 0)
		err = icmpkit_options_tell(way, why);
	return err;
}

static int add_way(struct icmpkit_network *network, enum icmpkit_family family,
		   const struct icmpkit_way_operations *operations, bool wants_errors,
		   char why[ICMPKIT_NETWORK_WHY_MAX])
{
	struct icmpkit_way *way = calloc(1, sizeof(*way));

	if (way == NULL)
		return -ENOMEM;
	*way = (struct icmpkit_way){
		.operations = operations,
		.family = family,
		.fd = -1,
		.port_holder = -1,
		.source = network->opt.source,
		.wants_errors = wants_errors,
	};
	int err = set_up(way, &network->opt, why);

	if (err < 0) {
		close_way(way);
		return err;
	}
	network->ways[network->way_count++] = way;
	return 0;
}

static bool is_refusal(int err)
{
	return err == -EACCES || err == -EPERM;
}

/* @why is written only if it is no matter of privilege: of that, the ping socket names both remedies. */
static int add_raw_icmp(struct icmpkit_network *network, enum icmpkit_family family,
			char why[ICMPKIT_NETWORK_WHY_MAX])
{
	char raw_why[ICMPKIT_NETWORK_WHY_MAX];
	int err = add_way(network, family, &icmpkit_way_raw_icmp, false, raw_why);

	if (err < 0 && !is_refusal(err))
		memcpy(why, raw_why, sizeof(raw_why));
	return err;
}

/* The unprivileged way or the raw one, whichever is wanted first and allowed. */
static int add_icmp(struct icmpkit_network *network, enum icmpkit_family family,
		    char why[ICMPKIT_NETWORK_WHY_MAX])
{
	enum icmpkit_network_access access = network->opt.access;
	int err = access == ICMPKIT_ACCESS_RAW_FIRST ? add_raw_icmp(network, family, why) : -EPERM;

	if (!is_refusal(err))
		return err;
	err = add_way(network, family, &icmpkit_way_ping_socket, true, why);
	if (!is_refusal(err) || access != ICMPKIT_ACCESS_PING_SOCKET_FIRST)
		return err;
	int raw_err = add_raw_icmp(network, family, why);

	return is_refusal(raw_err) ? err : raw_err;
}

static bool has_raw_icmp(const struct icmpkit_network *network, enum icmpkit_family family)
{
	for (size_t i = 0; i < network->way_count; i++) {
		if (network->ways[i]->family == family &&
		    network->ways[i]->operations == &icmpkit_way_raw_icmp)
			return true;
	}
	return false;
}

static int add_family(struct icmpkit_network *network, enum icmpkit_family family,
		      char why[ICMPKIT_NETWORK_WHY_MAX])
{
	const struct icmpkit_network_options *opt = &network->opt;
	int err = 0;

	/* Errors about UDP and TCP probes come to the raw ICMP socket; TCP has no other way to them. */
	if (opt->icmp || ((opt->udp || opt->tcp) && opt->access == ICMPKIT_ACCESS_RAW_FIRST))
		err = add_icmp(network, family, why);
	if (err < 0 && opt->icmp)
		return err;
	if (opt->udp) {
		err = add_way(network, family, &icmpkit_way_udp, !has_raw_icmp(network, family), why);
		if (err < 0 && !opt->udp_optional)
			return err;
	}
	if (opt->tcp) {
		err = add_way(network, family, &icmpkit_way_raw_tcp, false, why);
		if (err < 0 && !opt->tcp_optional)
			return err;
	}
	return 0;
}

/* A system without one family still has the other. */
static int add_families(struct icmpkit_network *network, char why[ICMPKIT_NETWORK_WHY_MAX])
{
	enum icmpkit_family bound = network->opt.source.family;
	bool v4 = network->opt.ipv4 && (bound == ICMPKIT_FAMILY_NONE || bound == ICMPKIT_IPV4);
	bool v6 = network->opt.ipv6 && (bound == ICMPKIT_FAMILY_NONE || bound == ICMPKIT_IPV6);
	int err = ICMPKIT_ERR_RANGE;

	if (v4)
		err = add_family(network, ICMPKIT_IPV4, why);
	if (err < 0 && v4 && !(v6 && err == -EAFNOSUPPORT))
		return err;
	if (v6) {
		int err_v6 = add_family(network, ICMPKIT_IPV6, why);

		if (err_v6 < 0 && !(v4 && err == 0 && err_v6 == -EAFNOSUPPORT))
			return err_v6;
		err = 0;
	}
	if (!v4 && !v6)
		(void)snprintf(why, ICMPKIT_NETWORK_WHY_MAX, "the source address is of the other family");
	return err;
}

int icmpkit_network_open(struct icmpkit_network **out, const struct icmpkit_network_options *opt,
			 char why[ICMPKIT_NETWORK_WHY_MAX])
{
	(void)snprintf(why, ICMPKIT_NETWORK_WHY_MAX, "the options cannot be");
	if (opt->size != sizeof(*opt))
		return ICMPKIT_ERR_RANGE;
	struct icmpkit_network *network = calloc(1, sizeof(*network));

	if (network == NULL)
		return -ENOMEM;
	network->opt = *opt;
	network->opt.interface = opt->interface == NULL ? NULL : strdup(opt->interface);
	/* A late wake-up is a late probe: the default slack of 50 us is for saving power. */
	(void)prctl(PR_SET_TIMERSLACK, 1);
	int err = opt->interface != NULL && network->opt.interface == NULL ? -ENOMEM
									   : add_families(network, why);

	if (err < 0) {
		icmpkit_network_close(network);
		return err;
	}
	*out = network;
	return 0;
}

void icmpkit_network_close(struct icmpkit_network *network)
{
	if (network == NULL)
		return;
	for (size_t i = 0; i < network->way_count; i++)
		close_way(network->ways[i]);
	free((char *)(uintptr_t)network->opt.interface);
	free(network);
}

struct icmpkit_way *icmpkit_network_way_for(const struct icmpkit_network *network, enum icmpkit_family family,
					    enum icmpkit_method method)
{
	for (size_t i = 0; i < network->way_count; i++) {
		if (network->ways[i]->family == family && network->ways[i]->operations->method == method)
			return network->ways[i];
	}
	return NULL;
}

bool icmpkit_network_has(const struct icmpkit_network *network, enum icmpkit_family family,
			 enum icmpkit_method method)
{
	return icmpkit_network_way_for(network, family, method) != NULL;
}

const char *icmpkit_network_way(const struct icmpkit_network *network, enum icmpkit_family family,
				enum icmpkit_method method)
{
	const struct icmpkit_way *way = icmpkit_network_way_for(network, family, method);

	return way == NULL ? NULL : way->operations->name;
}

int icmpkit_network_identity(struct icmpkit_network *network, const struct icmpkit_address *target,
			     struct icmpkit_probe_identity *out)
{
	const struct icmpkit_way *icmp =
		icmpkit_network_way_for(network, target->family, ICMPKIT_METHOD_ICMP);
	const struct icmpkit_way *udp = icmpkit_network_way_for(network, target->family, ICMPKIT_METHOD_UDP);
	const struct icmpkit_way *tcp = icmpkit_network_way_for(network, target->family, ICMPKIT_METHOD_TCP);
	struct icmpkit_probe_identity identity = {
		.identifier = icmp == NULL ? 0 : icmp->identifier,
		.source = icmpkit_route_source(target, &network->opt),
		.src_port = udp == NULL ? 0 : udp->port,
		.tcp_src_port = tcp == NULL ? 0 : tcp->port,
	};

	if (getrandom(identity.key, sizeof(identity.key), 0) != sizeof(identity.key))
		return -errno;
	network->own[target->family == ICMPKIT_IPV6] = identity.source;
	*out = identity;
	return 0;
}

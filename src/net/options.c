/* SPDX-License-Identifier: BSD-2-Clause */
/* What is set on every socket. */
#include "net/options.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* <linux/in.h> has these, but not beside <netinet/in.h>. */
#define RECVERR_RFC4884_V4 26
#define RECVERR_RFC4884_V6 31
/* A second of small replies at some thousand a second; the kernel may grant less. */
#define RECEIVE_BUFFER_BYTES (4 * 1024 * 1024)

static int set(int fd, int level, int name, int value)
{
	return setsockopt(fd, level, name, &value, sizeof(value)) < 0 ? -errno : 0;
}

static int bind_to_device(int fd, const char *interface, char why[ICMPKIT_NETWORK_WHY_MAX])
{
	if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, interface, (socklen_t)strlen(interface)) == 0)
		return 0;
	int err = -errno;

	if (err == -EPERM)
		(void)snprintf(why, ICMPKIT_NETWORK_WHY_MAX,
			       "sending by the interface \"%s\" is not allowed: give the program CAP_NET_RAW",
			       interface);
	else
		(void)snprintf(why, ICMPKIT_NETWORK_WHY_MAX,
			       "there is no interface \"%s\"; ip link shows those there are", interface);
	return err;
}

int icmpkit_options_route(int fd, const struct icmpkit_network_options *opt,
			  char why[ICMPKIT_NETWORK_WHY_MAX])
{
	int err = 0;

	if (opt->interface != NULL)
		err = bind_to_device(fd, opt->interface, why);
	if (err < 0 || opt->mark == 0)
		return err;
	if (setsockopt(fd, SOL_SOCKET, SO_MARK, &opt->mark, sizeof(opt->mark)) < 0) {
		err = -errno;
		(void)snprintf(why, ICMPKIT_NETWORK_WHY_MAX, "mark %u: %s; it needs CAP_NET_ADMIN", opt->mark,
			       strerror(-err));
	}
	return err;
}

struct option {
	int level;
	int name;
	int value;
};

/* PMTUDISC_DONT: an echo of any size is sent, in fragments where it must be. */
static const struct option v4_options[] = {
	{IPPROTO_IP, IP_RECVTTL, 1},
	{IPPROTO_IP, IP_RECVTOS, 1},
	{IPPROTO_IP, IP_PKTINFO, 1},
	{IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT},
};

static const struct option v6_options[] = {
	{IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1},
	{IPPROTO_IPV6, IPV6_RECVTCLASS, 1},
	{IPPROTO_IPV6, IPV6_RECVPKTINFO, 1},
	{IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_DONT},
};

static int set_all(int fd, const struct option *options, size_t count)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < count; i++)
		err = set(fd, options[i].level, options[i].name, options[i].value);
	return err;
}

static int keep_errors(const struct icmpkit_way *way)
{
	bool is_v4 = way->family == ICMPKIT_IPV4;
	int level = is_v4 ? IPPROTO_IP : IPPROTO_IPV6;

	/* Kernels before 5.9 have no word for extensions: then there are none. */
	(void)set(way->fd, level, is_v4 ? RECVERR_RFC4884_V4 : RECVERR_RFC4884_V6, 1);
	return set(way->fd, level, is_v4 ? IP_RECVERR : IPV6_RECVERR, 1);
}

int icmpkit_options_tell(struct icmpkit_way *way, char why[ICMPKIT_NETWORK_WHY_MAX])
{
	int err = way->family == ICMPKIT_IPV4
			  ? set_all(way->fd, v4_options, sizeof(v4_options) / sizeof(v4_options[0]))
			  : set_all(way->fd, v6_options, sizeof(v6_options) / sizeof(v6_options[0]));

	if (err == 0 && way->wants_errors)
		err = keep_errors(way);
	if (err < 0)
		(void)snprintf(why, ICMPKIT_NETWORK_WHY_MAX, "a socket option was refused: %s",
			       strerror(-err));
	/* These may fail: then the buffer is smaller, drops are not counted, or the clock is user space's. */
	(void)set(way->fd, SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER_BYTES);
	(void)set(way->fd, SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER_BYTES);
	(void)set(way->fd, SOL_SOCKET, SO_RXQ_OVFL, 1);
	icmpkit_stamps_restart(&way->stamps, way->fd);
	return err;
}

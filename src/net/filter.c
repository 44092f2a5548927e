/* SPDX-License-Identifier: BSD-2-Clause */
/* Classic BPF programs for raw sockets. */
#include "net/filter.h"

#include <errno.h>
#include <linux/filter.h>
#include <sys/socket.h>

#include <icmpkit/numbers.h>

#define ACCEPT UINT32_MAX
#define REFUSE 0

static int attach(int fd, const struct sock_filter *program, size_t len)
{
	struct sock_fprog prog = {(unsigned short)len, (struct sock_filter *)(uintptr_t)program};

	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &prog, sizeof(prog)) < 0 ? -errno : 0;
}

#define ATTACH(fd, program) attach(fd, program, sizeof(program) / sizeof((program)[0]))

/* An IPv4 raw socket sees the IP header: X is its length. */
static int filter_icmpv4(int fd, uint16_t identifier)
{
	const struct sock_filter program[] = {
		BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0),
		BPF_STMT(BPF_LD | BPF_B | BPF_IND, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ICMPKIT_V4_ECHO_REPLY, 3, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ICMPKIT_V4_DESTINATION_UNREACHABLE, 4, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ICMPKIT_V4_TIME_EXCEEDED, 3, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ICMPKIT_V4_PARAMETER_PROBLEM, 2, 3),
		BPF_STMT(BPF_LD | BPF_H | BPF_IND, 4),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, identifier, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, ACCEPT),
		BPF_STMT(BPF_RET | BPF_K, REFUSE),
	};

	return ATTACH(fd, program);
}

/* An IPv6 raw socket begins at the ICMPv6 header (RFC 3542 3). */
static int filter_icmpv6(int fd, uint16_t identifier)
{
	const struct sock_filter program[] = {
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ICMPKIT_V6_ECHO_REPLY, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 4, 0),
		BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, ICMPKIT_V6_PARAMETER_PROBLEM, 3, 2),
		BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 4),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, identifier, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, ACCEPT),
		BPF_STMT(BPF_RET | BPF_K, REFUSE),
	};

	return ATTACH(fd, program);
}

int icmpkit_filter_icmp(int fd, enum icmpkit_family family, uint16_t identifier)
{
	return family == ICMPKIT_IPV4 ? filter_icmpv4(fd, identifier) : filter_icmpv6(fd, identifier);
}

int icmpkit_filter_tcp(int fd, enum icmpkit_family family, uint16_t port)
{
	const struct sock_filter v4[] = {
		BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0),
		BPF_STMT(BPF_LD | BPF_H | BPF_IND, 2),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, port, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, ACCEPT),
		BPF_STMT(BPF_RET | BPF_K, REFUSE),
	};
	const struct sock_filter v6[] = {
		BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 2),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, port, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, ACCEPT),
		BPF_STMT(BPF_RET | BPF_K, REFUSE),
	};

	return family == ICMPKIT_IPV4 ? ATTACH(fd, v4) : ATTACH(fd, v6);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* sendmsg() and recvmsg() with their control messages. */
#include "net/control.h"

#include <errno.h>
#include <linux/net_tstamp.h>
#include <netinet/in.h>
#include <string.h>
#include <time.h>

#include "net/socket_address.h"

#define CONTROL_BYTES 512

/* A control buffer, aligned as the macros of the kernel's interface want it. */
union control {
	struct cmsghdr align;
	uint8_t bytes[CONTROL_BYTES];
};

static void put_int(struct msghdr *message, size_t *used, int level, int type, int value)
{
	struct cmsghdr *header = (struct cmsghdr *)(void *)((uint8_t *)message->msg_control + *used);

	header->cmsg_level = level;
	header->cmsg_type = type;
	header->cmsg_len = CMSG_LEN(sizeof(value));
	memcpy(CMSG_DATA(header), &value, sizeof(value));
	*used += CMSG_SPACE(sizeof(value));
}

static void put_header_fields(struct msghdr *message, const struct icmpkit_probe *probe)
{
	bool is_v4 = probe->to.family == ICMPKIT_IPV4;
	size_t used = 0;

	if (probe->hop_limit > 0)
		put_int(message, &used, is_v4 ? IPPROTO_IP : IPPROTO_IPV6, is_v4 ? IP_TTL : IPV6_HOPLIMIT,
			probe->hop_limit);
	if (probe->traffic_class >= 0)
		put_int(message, &used, is_v4 ? IPPROTO_IP : IPPROTO_IPV6, is_v4 ? IP_TOS : IPV6_TCLASS,
			probe->traffic_class);
	message->msg_controllen = used;
	if (used == 0)
		message->msg_control = NULL;
}

int icmpkit_control_send(int fd, const struct icmpkit_probe *probe, uint16_t port, const uint8_t *buf)
{
	union control control = {0};
	struct sockaddr_storage to;
	struct iovec data = {.iov_base = (void *)(uintptr_t)buf, .iov_len = probe->len};
	struct msghdr message = {
		.msg_name = &to,
		.msg_namelen = icmpkit_socket_address_to(&probe->to, port, &to),
		.msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
	};

	put_header_fields(&message, probe);
	return sendmsg(fd, &message, MSG_DONTWAIT) < 0 ? -errno : 0;
}

static int16_t read_int(const struct cmsghdr *header)
{
	int value = -1;

	/* Linux hands the IPv4 TOS over as one byte. */
	if (header->cmsg_len == CMSG_LEN(1))
		return *CMSG_DATA(header);
	if (header->cmsg_len >= CMSG_LEN(sizeof(value)))
		memcpy(&value, CMSG_DATA(header), sizeof(value));
	return (int16_t)value;
}

static void read_stamp(const struct cmsghdr *header, struct icmpkit_received *out)
{
	struct scm_timestamping stamps;

	if (header->cmsg_len < CMSG_LEN(sizeof(stamps)))
		return;
	memcpy(&stamps, CMSG_DATA(header), sizeof(stamps));
	if (stamps.ts[0].tv_sec != 0 || stamps.ts[0].tv_nsec != 0)
		out->stamp_ns = (int64_t)stamps.ts[0].tv_sec * ICMPKIT_NS_PER_S + stamps.ts[0].tv_nsec;
}

static void read_error(const struct cmsghdr *header, struct icmpkit_received *out)
{
	size_t len = header->cmsg_len - CMSG_LEN(0);
	struct sockaddr_storage offender = {0};

	if (len < sizeof(out->error))
		return;
	memcpy(&out->error, CMSG_DATA(header), sizeof(out->error));
	out->has_error = true;
	len -= sizeof(out->error);
	memcpy(&offender, CMSG_DATA(header) + sizeof(out->error),
	       len < sizeof(offender) ? len : sizeof(offender));
	if (out->error.ee_origin == SO_EE_ORIGIN_ICMP || out->error.ee_origin == SO_EE_ORIGIN_ICMP6)
		out->offender = icmpkit_socket_address_from((const struct sockaddr *)&offender, NULL);
}

static void read_socket_level(const struct cmsghdr *header, struct icmpkit_received *out)
{
	if (header->cmsg_type == SCM_TIMESTAMPING) {
		read_stamp(header, out);
	} else if (header->cmsg_type == SO_RXQ_OVFL && header->cmsg_len >= CMSG_LEN(sizeof(out->dropped))) {
		memcpy(&out->dropped, CMSG_DATA(header), sizeof(out->dropped));
		out->has_dropped = true;
	}
}

static void read_ipv4_level(const struct cmsghdr *header, struct icmpkit_received *out)
{
	struct in_pktinfo info;

	if (header->cmsg_type == IP_TTL) {
		out->hop_limit = read_int(header);
	} else if (header->cmsg_type == IP_TOS) {
		out->traffic_class = read_int(header);
	} else if (header->cmsg_type == IP_RECVERR) {
		read_error(header, out);
	} else if (header->cmsg_type == IP_PKTINFO && header->cmsg_len >= CMSG_LEN(sizeof(info))) {
		memcpy(&info, CMSG_DATA(header), sizeof(info));
		out->to = icmpkit_address_from_bytes(ICMPKIT_IPV4, (const uint8_t *)&info.ipi_addr);
	}
}

static void read_ipv6_level(const struct cmsghdr *header, struct icmpkit_received *out)
{
	struct in6_pktinfo info;

	if (header->cmsg_type == IPV6_HOPLIMIT) {
		out->hop_limit = read_int(header);
	} else if (header->cmsg_type == IPV6_TCLASS) {
		out->traffic_class = read_int(header);
	} else if (header->cmsg_type == IPV6_RECVERR) {
		read_error(header, out);
	} else if (header->cmsg_type == IPV6_PKTINFO && header->cmsg_len >= CMSG_LEN(sizeof(info))) {
		memcpy(&info, CMSG_DATA(header), sizeof(info));
		out->to = icmpkit_address_from_bytes(ICMPKIT_IPV6, (const uint8_t *)&info.ipi6_addr);
	}
}

/* NOLINTNEXTLINE(readability-non-const-parameter): recvmsg() writes to @buf through the iovec */
int icmpkit_control_receive(int fd, int flags, uint8_t *buf, size_t cap, struct icmpkit_received *out)
{
	union control control;
	struct sockaddr_storage from = {0};
	struct iovec data = {.iov_base = buf, .iov_len = cap};
	struct msghdr message = {
		.msg_name = &from,
		.msg_namelen = sizeof(from),
		.msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};
	ssize_t len = recvmsg(fd, &message, flags | MSG_DONTWAIT);

	if (len < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -errno;
	*out = (struct icmpkit_received){
		.bytes = {buf, (size_t)len},
		.hop_limit = -1,
		.traffic_class = -1,
		.stamp_ns = ICMPKIT_NEVER_NS,
	};
	out->from = icmpkit_socket_address_from((const struct sockaddr *)&from, &out->from_port);
	for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header != NULL;
	     header = CMSG_NXTHDR(&message, header)) {
		if (header->cmsg_level == SOL_SOCKET)
			read_socket_level(header, out);
		else if (header->cmsg_level == IPPROTO_IP)
			read_ipv4_level(header, out);
		else if (header->cmsg_level == IPPROTO_IPV6)
			read_ipv6_level(header, out);
	}
	return 1;
}

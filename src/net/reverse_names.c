/* SPDX-License-Identifier: BSD-2-Clause */
/* Reverse names, looked up by a thread of their own so that no probe waits for a name server. */
#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <icmpkit/network.h>

#include "net/socket_address.h"

enum entry_state {
	ENTRY_ASKED,
	ENTRY_KNOWN,
	ENTRY_NAMELESS,
};

struct entry {
	struct icmpkit_address address;
	enum entry_state state;
	char name[NI_MAXHOST];
};

/* The thread holds one of two references: it may sit in a look-up long after the owner has gone. */
struct icmpkit_reverse_names {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t max;
	size_t count;
	size_t next; /* the first entry not yet looked up */
	unsigned int references;
	bool is_stopped;
	struct entry *entries;
};

static void release(struct icmpkit_reverse_names *names)
{
	(void)pthread_mutex_lock(&names->lock);
	unsigned int left = --names->references;

	names->is_stopped = true;
	(void)pthread_cond_broadcast(&names->changed);
	(void)pthread_mutex_unlock(&names->lock);
	if (left > 0)
		return;
	(void)pthread_cond_destroy(&names->changed);
	(void)pthread_mutex_destroy(&names->lock);
	free(names->entries);
	free(names);
}

static bool look_up(const struct icmpkit_address *address, char name[NI_MAXHOST])
{
	struct sockaddr_storage sa;
	socklen_t len = icmpkit_socket_address_to(address, 0, &sa);

	return getnameinfo((const struct sockaddr *)&sa, len, name, NI_MAXHOST, NULL, 0, NI_NAMEREQD) == 0;
}

static void *look_up_all(void *context)
{
	struct icmpkit_reverse_names *names = context;
	char name[NI_MAXHOST];

	(void)pthread_mutex_lock(&names->lock);
	while (!names->is_stopped) {
		if (names->next == names->count) {
			(void)pthread_cond_wait(&names->changed, &names->lock);
			continue;
		}
		struct entry *entry = &names->entries[names->next];
		struct icmpkit_address address = entry->address;

		(void)pthread_mutex_unlock(&names->lock);
		bool is_known = look_up(&address, name);

		(void)pthread_mutex_lock(&names->lock);
		if (is_known)
			memcpy(entry->name, name, sizeof(name));
		entry->state = is_known ? ENTRY_KNOWN : ENTRY_NAMELESS;
		names->next++;
		(void)pthread_cond_broadcast(&names->changed);
	}
	(void)pthread_mutex_unlock(&names->lock);
	release(names);
	return NULL;
}

/* Signals are for the loop: the thread is started with all of them blocked. */
static int start_thread(struct icmpkit_reverse_names *names)
{
	pthread_t thread;
	sigset_t all;
	sigset_t old;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &old);
	int err = pthread_create(&thread, NULL, look_up_all, names);

	(void)pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (err == 0)
		(void)pthread_detach(thread);
	return -err;
}

int icmpkit_reverse_names_new(struct icmpkit_reverse_names **out, size_t entries_max)
{
	struct icmpkit_reverse_names *names = calloc(1, sizeof(*names));

	if (names == NULL)
		return -ENOMEM;
	names->entries = calloc(entries_max, sizeof(*names->entries));
	names->max = entries_max;
	names->references = 2;
	if (names->entries == NULL || pthread_mutex_init(&names->lock, NULL) != 0) {
		free(names->entries);
		free(names);
		return -ENOMEM;
	}
	(void)pthread_cond_init(&names->changed, NULL);
	int err = start_thread(names);

	if (err < 0) {
		names->references = 1;
		release(names);
		return err;
	}
	*out = names;
	return 0;
}

/* Return: as icmpkit_reverse_names_get(). */
static int read_entry(const struct entry *entry, char *out, size_t cap)
{
	if (entry->state == ENTRY_ASKED)
		return -EAGAIN;
	if (entry->state == ENTRY_NAMELESS || strlen(entry->name) >= cap)
		return 0;
	memcpy(out, entry->name, strlen(entry->name) + 1);
	return 1;
}

static struct entry *find(struct icmpkit_reverse_names *names, const struct icmpkit_address *address)
{
	for (size_t i = 0; i < names->count; i++) {
		if (icmpkit_address_equal(&names->entries[i].address, address))
			return &names->entries[i];
	}
	return NULL;
}

int icmpkit_reverse_names_get(struct icmpkit_reverse_names *names, const struct icmpkit_address *address,
			      char *out, size_t cap)
{
	int known = 0; /* also where no more can be asked for */

	(void)pthread_mutex_lock(&names->lock);
	const struct entry *entry = find(names, address);

	if (entry != NULL) {
		known = read_entry(entry, out, cap);
	} else if (names->count < names->max) {
		/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): never NULL after new */
		names->entries[names->count++].address = *address;
		(void)pthread_cond_broadcast(&names->changed);
		known = -EAGAIN;
	}
	(void)pthread_mutex_unlock(&names->lock);
	return known;
}

void icmpkit_reverse_names_wait(struct icmpkit_reverse_names *names, int64_t timeout_ns)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += timeout_ns / ICMPKIT_NS_PER_S;
	until.tv_nsec += timeout_ns % ICMPKIT_NS_PER_S;
	if (until.tv_nsec >= ICMPKIT_NS_PER_S) {
		until.tv_sec++;
		until.tv_nsec -= ICMPKIT_NS_PER_S;
	}
	(void)pthread_mutex_lock(&names->lock);
	while (names->next < names->count &&
	       pthread_cond_timedwait(&names->changed, &names->lock, &until) == 0)
		;
	(void)pthread_mutex_unlock(&names->lock);
}

void icmpkit_reverse_names_free(struct icmpkit_reverse_names *names)
{
	if (names != NULL)
		release(names);
}

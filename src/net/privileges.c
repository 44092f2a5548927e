/* SPDX-License-Identifier: BSD-2-Clause */
/* Gives up every privilege for good. */
#include <errno.h>
#include <stddef.h>
#include <sys/capability.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <icmpkit/network.h>

/* Installed with the set-user-ID bit, the program becomes the user who started it. */
static int become_real_user(void)
{
	if (setresgid(getgid(), getgid(), getgid()) < 0 || setresuid(getuid(), getuid(), getuid()) < 0)
		return -errno;
	return 0;
}

/* The bounding set can be lowered only while CAP_SETPCAP is there; without it there is nothing in it for us:
 * no_new_privs keeps any program from gaining from it. */
static void clear_bounding_set(void)
{
	for (unsigned long capability = 0; prctl(PR_CAPBSET_READ, capability) >= 0; capability++)
		(void)prctl(PR_CAPBSET_DROP, capability);
}

static int clear_capabilities(void)
{
	cap_t none = cap_init();

	if (none == NULL)
		return -errno;
	int err = cap_set_proc(none) < 0 ? -errno : 0;

	(void)cap_free(none);
	return err;
}

int icmpkit_privileges_drop(void)
{
	clear_bounding_set();
	int err = become_real_user();

	if (err == 0)
		err = clear_capabilities();
	if (err == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		err = -errno;
	return err;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* After the drop nothing is left, and nothing can come back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/capability.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <cmocka.h>

#include <icmpkit/network.h>

static void nothing_is_left_after_the_drop(void **state)
{
	cap_flag_value_t value = CAP_SET;

	(void)state;
	assert_int_equal(icmpkit_privileges_drop(), 0);
	cap_t now = cap_get_proc();

	assert_non_null(now);
	for (cap_value_t capability = 0; capability <= CAP_LAST_CAP; capability++) {
		if (cap_get_flag(now, capability, CAP_PERMITTED, &value) == 0)
			assert_int_equal(value, CAP_CLEAR);
		if (cap_get_flag(now, capability, CAP_EFFECTIVE, &value) == 0)
			assert_int_equal(value, CAP_CLEAR);
	}
	(void)cap_free(now);
	assert_int_equal(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), 1);
	assert_int_equal(socket(AF_INET, SOCK_RAW, 1), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_left_after_the_drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * skipped.h - A program of tests that this system has no place for says so, and Meson shows it as skipped.
 *
 * cmocka 1.1.5 writes "not ok # SKIP" for skip(), which Meson counts as a failure: so whole programs are
 * skipped, before cmocka begins.
 */
#ifndef TEST_SKIPPED_H
#define TEST_SKIPPED_H

#include <stdio.h>

/* Return: the exit status. */
static inline int skipped(const char *why)
{
	(void)printf("1..0 # SKIP %s\n", why);
	return 0;
}

#endif

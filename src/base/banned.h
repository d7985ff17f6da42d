/* banned.h - included before every source file by the build: calls that must not appear.
 *
 * Function-like macros, so that a library header may still use such a word as a name. A C library
 * that fortifies its calls has macros of the same names (clang sees them), hence the #undef. */
#ifndef TL_BASE_BANNED_H
#define TL_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#undef strcpy
#define strcpy(...) banned_strcpy_use_tl_buf(__VA_ARGS__)
#undef strcat
#define strcat(...) banned_strcat_use_tl_buf(__VA_ARGS__)
#undef sprintf
#define sprintf(...) banned_sprintf_use_snprintf(__VA_ARGS__)
#undef vsprintf
#define vsprintf(...) banned_vsprintf_use_vsnprintf(__VA_ARGS__)
#undef strtok
#define strtok(...) banned_strtok_use_tl_span(__VA_ARGS__)
#undef gets
#define gets(...) banned_gets(__VA_ARGS__)
#undef atoi
#define atoi(...) banned_atoi_use_tl_int_parse(__VA_ARGS__)
#undef atof
#define atof(...) banned_atof_use_tl_number_parse(__VA_ARGS__)
#undef strtod
#define strtod(...) banned_strtod_use_tl_number_parse(__VA_ARGS__)
#undef localtime
#define localtime(...) banned_localtime_use_tl_time(__VA_ARGS__)
#undef gmtime
#define gmtime(...) banned_gmtime_use_tl_time(__VA_ARGS__)
#undef system
#define system(...) banned_system(__VA_ARGS__)
#undef popen
#define popen(...) banned_popen(__VA_ARGS__)
#undef rand
#define rand(...) banned_rand_use_tl_random(__VA_ARGS__)
#undef srand
#define srand(...) banned_srand_use_tl_random(__VA_ARGS__)

#endif

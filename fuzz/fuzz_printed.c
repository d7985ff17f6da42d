/* fuzz_printed.c - rows of printed statistics, and after a line "---" their aliases. Of what is
 * accepted every value is none or not negative, the findings can be made, come in order, and are
 * the same a second time. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "registry/printed_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void check_findings(const tl_printed_row *rows, size_t n, tl_arena *arena)
{
    const tl_printed_finding *first, *again;
    size_t found, n_again;
    tl_error err = { 0 };
    tl_status st = tl_printed_check(rows, n, arena, &first, &found, &err);
    if (st == TL_ENOMEM) /* of the arena */
        return;
    demand(st == TL_OK);
    if (tl_printed_check(rows, n, arena, &again, &n_again, &err) != TL_OK)
        return;
    demand(n_again == found);
    for (size_t i = 0; i < found; i++) {
        demand(strcmp(first[i].en, again[i].en) == 0 && strcmp(first[i].zh, again[i].zh) == 0);
        demand(i == 0 || strcmp(first[i - 1].subject, first[i].subject) <= 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char mark[] = "---\n";
    tl_printed_text rows = { "rows.csv", (const char *)data, size };
    tl_printed_text aliases = { "aliases.csv", NULL, 0 };
    tl_arena *arena = NULL;
    const tl_printed_row *out;
    size_t n;
    tl_error err = { 0 };
    for (size_t i = 0; i + sizeof mark - 1 <= size && !aliases.data; i++)
        if (memcmp(data + i, mark, sizeof mark - 1) == 0) {
            rows.n = i;
            aliases.data = (const char *)data + i + sizeof mark - 1;
            aliases.n = size - i - (sizeof mark - 1);
        }
    if (tl_arena_new(&arena, (size_t)64 << 20, NULL) != TL_OK)
        return 0;
    tl_status st = tl_printed_parse(&rows, &aliases, arena, &out, &n, &err);
    demand((st == TL_OK) == (err.text[0] == '\0'));
    for (size_t i = 0; st == TL_OK && i < n; i++)
        demand((isnan(out[i].value) || out[i].value >= 0) && out[i].key && out[i].key[0]);
    if (st == TL_OK)
        check_findings(out, n, arena);
    tl_arena_free(arena);
    return 0;
}

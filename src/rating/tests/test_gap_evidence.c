/* test_gap_evidence.c - the evidence of peers, out of stored assessments. */
#include "rating/gap.h"
#include "rating/tests/crosswalk_test.h"

typedef struct held {
    scratch *dir;
    tl_store *s;
    tl_arena *arena;
    tl_index x;
} held;

static int held_setup(void **state)
{
    held *h = calloc(1, sizeof *h);
    void *dir = NULL;
    *state = h;
    if (!h || scratch_setup(&dir) != 0)
        return -1;
    h->dir = dir;
    if (tl_arena_new(&h->arena, 0, NULL) != TL_OK ||
        tl_store_open(&h->s, scratch_path(h->dir, "x.db"), NULL, NULL) != TL_OK)
        return -1;
    h->x = view_index(h->arena, &source_definition);
    source_install(h->s, scratch_path(h->dir, "set"), h->arena);
    return 0;
}

static int held_teardown(void **state)
{
    held *h = *state;
    void *dir = h->dir;
    tl_store_close(h->s);
    tl_arena_free(h->arena);
    free(h);
    return scratch_teardown(&dir);
}

static const tl_evidence annual = { .document = "Annual report",
                                    .page = "12",
                                    .dated = "2024-03-01" };
static const tl_evidence late = { .document = "Too late", .dated = "2025-06-01" };
static const tl_evidence website = { .document = "Website", .url = "https://example.org/climate" };

/* Puts the company into the register, publishes its answers and makes the card of it. */
static void publish(held *h, tl_scorecard *card, const char *id, const tl_answer *answers, size_t n)
{
    tl_error err = { 0 };
    const tl_company company = { .id = id,
                                 .name_en = id,
                                 .name_zh = "",
                                 .source = "a test",
                                 .country = "",
                                 .region_group = "",
                                 .listed = "",
                                 .product_type = "",
                                 .industry = "",
                                 .parent = "",
                                 .inclusion = "",
                                 .note = "" };
    tl_assessment a = { .key = { id, "source", "1", "2024", TL_LEVEL_INDICATOR },
                        .industry = "",
                        .cut_off = "2024-12-31",
                        .origin = "a publication",
                        .published_on = "2025-01-31",
                        .stated_total = TL_SLOT_NOT_ASKED,
                        .answers = answers,
                        .n_answers = n };
    tl_company_change change;
    tl_points *sheet;
    bool same;
    expect("begin", tl_store_begin(h->s, &err), TL_OK, &err, NULL);
    expect(id, tl_company_put(h->s, &company, "test", &change, &err), TL_OK, &err, NULL);
    expect(id, tl_assessment_take_over(h->s, &h->x, &a, "test", &same, &err), TL_OK, &err, NULL);
    expect("commit", tl_store_commit(h->s, &err), TL_OK, &err, NULL);
    expect(id, tl_assessment_get(h->s, &a.key, 0, h->arena, &a, &err), TL_OK, &err, NULL);
    expect(id, tl_assessment_sheet(&h->x, &a, h->arena, &sheet, &err), TL_OK, &err, NULL);
    *card = view_card(&h->x, id, TL_LEVEL_INDICATOR, sheet, 5000);
    card->version = a.version;
}

/* a has nothing; b has 2.1 from an annual report, the late document before it counting nothing, and
 * 3.1 by its parallel from a website; c claims 2.1 without evidence, which brings no points. */
static void test_evidence(void **state)
{
    held *h = *state;
    const tl_evidence two[] = { late, annual };
    const tl_answer none[] = { { .slot = "2.1", .points = 0 } };
    const tl_answer b[] = {
        { .slot = "2.1", .points = 2000, .evidence = two, .n_evidence = 2 },
        { .slot = "3.1", .points = 500, .evidence = &annual, .n_evidence = 1 },
        { .slot = "3.1p", .points = 1500, .evidence = &website, .n_evidence = 1 },
    };
    const tl_answer c[] = { { .slot = "2.1", .points = 1000 } };
    tl_scorecard cards[3];
    tl_edition e = { .index = &h->x, .period = "2024", .cards = cards, .n = 3 };
    publish(h, &cards[0], "a", none, VIEW_COUNT(none));
    publish(h, &cards[1], "b", b, VIEW_COUNT(b));
    publish(h, &cards[2], "c", c, VIEW_COUNT(c));
    const tl_league_row *league;
    const tl_gap_row *rows;
    size_t n;
    tl_error err = { 0 };
    expect("league", tl_league_make(&e, NULL, h->arena, &league, &n, &err), TL_OK, &err, NULL);
    expect("gap", tl_gap_make(h->s, &e, league, n, "a", h->arena, &rows, &n, &err), TL_OK, &err,
           NULL);
    static const struct {
        const char *slot, *peer, *document;
    } want[] = { { "2.1", "b", "Annual report" }, { "3.1", "b", "Website" } };
    for (size_t i = 0; i < VIEW_COUNT(want); i++) {
        size_t k = 0;
        while (k < n && strcmp(rows[k].slot, want[i].slot) != 0)
            k++;
        assert_true(k < n && rows[k].n_peers == 1 && rows[k].n_with_more == 1);
        const tl_gap_peer *peer = &rows[k].peers[0];
        if (strcmp(peer->card->company.id, want[i].peer) != 0 || !peer->evidence ||
            strcmp(peer->evidence->document, want[i].document) != 0)
            fail_msg("%s: %s with %s, want %s with %s", want[i].slot, peer->card->company.id,
                     peer->evidence ? peer->evidence->document : "none", want[i].peer,
                     want[i].document);
    }
    expect("no store", tl_gap_make(NULL, &e, league, 3, "a", h->arena, &rows, &n, &err), TL_OK,
           &err, NULL);
    for (size_t k = 0; k < n; k++)
        assert_true(rows[k].n_peers == 0 || !rows[k].peers[0].evidence);
    cards[1].version = 9; /* a card the database does not know */
    expect("no such version", tl_gap_make(h->s, &e, league, 3, "a", h->arena, &rows, &n, &err),
           TL_ENOTFOUND, &err, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_evidence, held_setup, held_teardown),
    };
    return cmocka_run_group_tests_name("gap_evidence", tests, NULL, NULL);
}

/* epd_view.h - a declaration as far as somebody may see it.
 *
 * What is registered is public: figures, number, validity, the verifier who sealed it. Drafts,
 * updates under way and the questions of the verifier with their answers are not, since they speak
 * of plant data and of mistakes: those are for the inside of a declaration, which is the people of
 * its owner who edit or read footprints, those of the company of its verifier who verify, and those
 * who run the programme. To everybody else what was never registered is no declaration at all, so
 * that ids cannot be probed. */
#ifndef TL_REGISTRY_EPD_VIEW_H
#define TL_REGISTRY_EPD_VIEW_H

#include "registry/epd.h"
#include "store/viewer.h"

bool tl_epd_inside(const tl_viewer *v, const tl_epd *e);

/* Where somebody inside stands: each side has its own acts. None outside, and for those who see all
 * organisations and write in none. */
typedef enum tl_epd_side {
    TL_EPD_SIDE_NONE,
    TL_EPD_SIDE_OWNER,
    TL_EPD_SIDE_VERIFIER,
    TL_EPD_SIDE_PROGRAMME
} tl_epd_side;
tl_epd_side tl_epd_side_of(const tl_viewer *v, const tl_epd *e);
const char *tl_epd_side_name(tl_epd_side side); /* "owner", "verifier", "programme"; NULL: none */

/* Takes out of e what an update under way brought: registered is what is public of it. */
void tl_epd_as_registered(tl_epd *e, const tl_record *registered);

/* Which version somebody inside sees; everybody else sees the one registered last. */
typedef enum tl_epd_which {
    TL_EPD_NEWEST,
    TL_EPD_REGISTERED /* the one registered last, the newest where none is */
} tl_epd_which;

typedef struct tl_epd_view {
    tl_epd epd;
    tl_record record;
    bool inside;
    const tl_epd_question *questions; /* none for those outside */
    size_t n;
} tl_epd_view;
TL_MUST_CHECK tl_status tl_epd_see(tl_store *s, const tl_viewer *v, const char *record,
                                   tl_epd_which which, tl_arena *arena, tl_epd_view *out,
                                   tl_error *err);

/* The declaration where the viewer belongs to its owner, or to the company of its verifier;
 * TL_EFORBIDDEN, or TL_ENOTFOUND for what the viewer may not even see. Rights are asked by the
 * caller. */
TL_MUST_CHECK tl_status tl_epd_of_owner(tl_store *s, const tl_viewer *v, const char *record,
                                        tl_arena *arena, tl_epd_view *out, tl_error *err);
TL_MUST_CHECK tl_status tl_epd_of_verifier(tl_store *s, const tl_viewer *v, const char *record,
                                           tl_arena *arena, tl_epd_view *out, tl_error *err);

#endif

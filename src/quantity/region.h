/* region.h - places: the world, countries (ISO 3166-1), China's provinces (ISO 3166-2) and grid
 * areas.
 *
 * The parent is where to look for data when a place has none of its own: CN-YN, then CN-GRID-SOUTH,
 * then CN, then GLO. It says nothing else about a place. Hong Kong, Macao and Taiwan have grids of
 * their own, so their data do not fall back to the mainland's average but to GLO.
 *
 * A static table; nothing to free, safe for any number of threads. */
#ifndef TL_QUANTITY_REGION_H
#define TL_QUANTITY_REGION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef enum tl_region_kind {
    TL_REGION_WORLD,
    TL_REGION_GROUP, /* several countries: EU */
    TL_REGION_COUNTRY,
    TL_REGION_GRID,    /* grid area within a country */
    TL_REGION_PROVINCE /* first-level division */
} tl_region_kind;

typedef struct tl_region {
    const char *code;   /* "CN-YN", "CN-GRID-SOUTH", "DE", "GLO" */
    const char *parent; /* code, NULL for the world */
    const char *alpha3; /* ISO 3166-1 alpha-3 of a country, else "" */
    const char *en, *zh;
    tl_region_kind kind;
} tl_region;

/* The region with exactly this code, or NULL. */
const tl_region *tl_region_find(const char *code);

/* By code, alpha-3 code, English name (letter case aside) or Chinese name, with or without 省, 市,
 * 自治区 and the like, 区域 or 电网. TL_ENOTFOUND quotes the text. */
TL_MUST_CHECK tl_status tl_region_lookup(const char *text, const tl_region **out, tl_error *err);

/* The next wider region, NULL for the world. */
const tl_region *tl_region_parent(const tl_region *region);

/* Steps from inner out to outer: 0 for the same, -1 if outer does not hold it. */
int tl_region_steps(const tl_region *inner, const tl_region *outer);

/* All regions in the order of the table; NULL if i >= size. */
size_t tl_region_size(void);
const tl_region *tl_region_at(size_t i);

#endif

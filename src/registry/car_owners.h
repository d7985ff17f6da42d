/* car_owners.h - whose cars they are: the group at the top, and the style of the country it is in.
 *
 * A car is of the company its record names, else of the one that the register of companies finds by
 * the maker as printed (id, name or alias). Its group is the company at the top of the parents. A
 * joint venture has no parent in the register, because it has two owners: it stands for itself.
 *
 * The style is that of the country of the car's own company's headquarters (styles.csv of the set
 * car-market: CN is domestic, DE German, ...). A joint venture sits in one country and builds cars
 * of another, so those of joint-ventures.csv have no style; no more has a company without country
 * or of a country without style. Nothing is guessed. */
#ifndef TL_REGISTRY_CAR_OWNERS_H
#define TL_REGISTRY_CAR_OWNERS_H

#include "registry/cars.h"

/* Fills group and style of every car, and the lists of both. Names live in the arena. TL_ENOTFOUND
 * where the set car-market is not installed. */
TL_MUST_CHECK tl_status tl_cars_find_owners(tl_cars *cars, tl_store *s, tl_arena *arena,
                                            tl_error *err);

#endif

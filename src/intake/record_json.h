/* record_json.h - one record as a JSON file: a product carbon footprint or a declaration.
 *
 * Members are those of tl_record by name: id, kind ("pcf", "epd", "vehicle"), product, maker,
 * value, unit must be there; company, disclosure_id, boundary, method, region, grade, verifier,
 * evidence, valid_from, valid_until, reason, series, size_class, body, powertrain, launched,
 * currency (texts), year, uncertainty, primary_share, kerb_mass_kg, price (numbers) and parts
 * (array of kind, key, value, unit) may. An unknown member is refused, so that a slip is not lost.
 */
#ifndef TL_INTAKE_RECORD_JSON_H
#define TL_INTAKE_RECORD_JSON_H

#include "registry/record.h"

/* Reads and checks the file; texts live in the arena. TL_EINPUT names the place as a path. */
TL_MUST_CHECK tl_status tl_record_json_read(const char *path, tl_arena *arena, tl_record *out,
                                            tl_error *err);

/* The same over n bytes; name stands for the file in messages. */
TL_MUST_CHECK tl_status tl_record_json_parse(const char *name, const char *text, size_t n,
                                             tl_arena *arena, tl_record *out, tl_error *err);

#endif

/* declared.h - declarations that were chosen for suppliers' materials, handed to a car model. */
#ifndef TL_OPERATION_DECLARED_H
#define TL_OPERATION_DECLARED_H

#include "footprint/model.h"

/* Opens the model as tl_car_model_open does, with the values that `tanlian epd use` saved. */
TL_MUST_CHECK tl_status tl_declared_car_model(tl_car_model *out, tl_store *s,
                                              const tl_setting *settings, size_t n, tl_arena *arena,
                                              tl_error *err);

#endif

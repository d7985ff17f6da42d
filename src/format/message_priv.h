/* message_priv.h - the catalogue as tools/embed-messages lays it out. */
#ifndef TL_FORMAT_MESSAGE_PRIV_H
#define TL_FORMAT_MESSAGE_PRIV_H

#include <stddef.h>

enum { TL_MESSAGE_PLACES = 15 };

/* A byte 1 to 15 in either text is the place of that number; in en they stand in order. */
typedef struct tl_message_row {
    const char *en, *zh;
    unsigned literal; /* bytes of en outside its places */
} tl_message_row;

/* sorted by en, so that those with the same first byte stand together */
extern const tl_message_row tl_message_rows[];
extern const size_t tl_message_row_count;

#endif

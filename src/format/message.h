/* message.h - what is wrong, said in Chinese.
 *
 * Messages arise in English, in one text with what was filled in. Here the text is held against the
 * catalogue of their formats (messages/<folder>.csv, see README.md) and said anew. The English
 * stays what is stored and logged. */
#ifndef TL_FORMAT_MESSAGE_H
#define TL_FORMAT_MESSAGE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/memory.h"
#include "base/text.h"

/* Appends the message in Chinese. The whole text is one row of the catalogue, or it is cut at a ":
 * " and both parts are said, whichever explains more of it; what was filled in is said where it is
 * a row itself and does not stand in quotes. What is in no row stays as it is. Any bytes are taken.
 */
void tl_message_zh(tl_buf *out, tl_span en);

/* The message in the language asked for, in the arena; en itself where zh is false or there is no
 * memory. NULL for NULL. */
const char *tl_message_said(tl_arena *arena, const char *en, bool zh);

#endif

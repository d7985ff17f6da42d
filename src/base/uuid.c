/* uuid.c - SHA-1 of the namespace and the name, cut to 16 bytes, with version and variant set. */
#include "base/uuid.h"

#include <openssl/evp.h>
#include <stdbool.h>
#include <string.h>

enum { BYTES = 16 };

static int hex_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Dashes stand behind the bytes 4, 6, 8 and 10. */
static bool dash_after(size_t byte)
{
    return byte == 3 || byte == 5 || byte == 7 || byte == 9;
}

static bool read_uuid(const char *text, unsigned char out[BYTES])
{
    if (strlen(text) != TL_UUID_TEXT - 1)
        return false;
    for (size_t i = 0; i < BYTES; i++) {
        int high = hex_value(text[0]), low = hex_value(text[1]);
        if (high < 0 || low < 0 || (dash_after(i) && text[2] != '-'))
            return false;
        out[i] = (unsigned char)(high * 16 + low);
        text += dash_after(i) ? 3 : 2;
    }
    return true;
}

static void write_uuid(const unsigned char bytes[BYTES], char out[TL_UUID_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < BYTES; i++) {
        *out++ = digits[bytes[i] >> 4];
        *out++ = digits[bytes[i] & 15];
        if (dash_after(i))
            *out++ = '-';
    }
    *out = '\0';
}

tl_status tl_uuid5(const char *space, const char *name, char out[TL_UUID_TEXT], tl_error *err)
{
    unsigned char bytes[BYTES], md[EVP_MAX_MD_SIZE];
    unsigned int n = 0;
    if (!read_uuid(space, bytes))
        return tl_fail(err, TL_EINPUT, "'%.60s' is no UUID in small letters", space);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool done = ctx && EVP_DigestInit_ex(ctx, EVP_sha1(), NULL) == 1 &&
                EVP_DigestUpdate(ctx, bytes, sizeof bytes) == 1 &&
                EVP_DigestUpdate(ctx, name, strlen(name)) == 1 &&
                EVP_DigestFinal_ex(ctx, md, &n) == 1 && n >= BYTES;
    EVP_MD_CTX_free(ctx);
    if (!done)
        return tl_fail(err, TL_EIO, "SHA-1 failed in libcrypto");
    md[6] = (unsigned char)((md[6] & 0x0f) | 0x50);
    md[8] = (unsigned char)((md[8] & 0x3f) | 0x80);
    write_uuid(md, out);
    return TL_OK;
}

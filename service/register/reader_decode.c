// UTF-8 checked, Shift_JIS converted: see reader_decode.h.
#include "register/reader_decode.h"

#include <errno.h>
#include <string.h>

enum err reader_decoder_init(struct reader_decoder *decoder, enum reader_encoding encoding, struct fault *fault)
{
    decoder->encoding = encoding;
    decoder->converter = (iconv_t)-1;
    if (encoding == READER_UTF8) {
        return ERR_OK;
    }
    decoder->converter = iconv_open("UTF-8", "CP932");
    if (decoder->converter == (iconv_t)-1) {
        return err_set(fault, ERR_UNAVAILABLE, "this system cannot convert Shift_JIS (iconv has no CP932): %s",
                       strerror(errno));
    }
    return ERR_OK;
}

void reader_decoder_fini(struct reader_decoder *decoder)
{
    if (decoder->converter != (iconv_t)-1) {
        (void)iconv_close(decoder->converter);
        decoder->converter = (iconv_t)-1;
    }
}

// Notes a bad byte at `at` (from 0) on the physical line that it stands on.
static bool bad_byte(struct reader_decoder *decoder, struct reader_faults *faults, uint64_t line, struct str bytes,
                     size_t at)
{
    size_t line_start = 0;
    for (size_t i = 0; i < at; i++) {
        if (bytes.p[i] == '\n') {
            line++;
            line_start = i + 1;
        }
    }
    bool utf8 = decoder->encoding == READER_UTF8;
    reader_faults_add(faults, line, "", "not valid %s at byte %zu; is the file in %s? use --encoding %s",
                      utf8 ? "UTF-8" : "Shift_JIS", at - line_start + 1, utf8 ? "Shift_JIS" : "UTF-8",
                      utf8 ? "shift_jis" : "utf-8");
    return false;
}

// Most Japanese text in UTF-8 also decodes as Shift_JIS, into nonsense, so success proves nothing. The other way round
// it does: real Shift_JIS is as good as never well-formed UTF-8 with two or more characters of three bytes.
static bool is_surely_utf8(struct str bytes)
{
    size_t of_three_bytes = 0;
    for (size_t at = 0; at < bytes.n;) {
        size_t length = str_utf8_length((struct str){bytes.p + at, bytes.n - at});
        if (length == 0) {
            return false;
        }
        of_three_bytes += length == 3 ? 1 : 0;
        at += length;
    }
    return of_three_bytes >= 2;
}

static bool convert(struct reader_decoder *decoder, struct reader_faults *faults, uint64_t line, struct str bytes,
                    struct str *text)
{
    // iconv's prototype lacks a const, for reasons of age; it does not write to its input.
    char *in = (char *)bytes.p;
    char *out = decoder->out;
    size_t in_left = bytes.n;
    size_t out_left = sizeof decoder->out;
    (void)iconv(decoder->converter, NULL, NULL, NULL, NULL);
    if (iconv(decoder->converter, &in, &in_left, &out, &out_left) != (size_t)-1) {
        *text = (struct str){decoder->out, sizeof decoder->out - out_left};
        return true;
    }
    if (errno == E2BIG) {
        reader_faults_add_too_long(faults, line);
        return false;
    }
    return bad_byte(decoder, faults, line, bytes, bytes.n - in_left);
}

bool reader_decode(struct reader_decoder *decoder, struct reader_faults *faults, uint64_t line, struct str bytes,
                   struct str *text)
{
    if (decoder->encoding == READER_UTF8) {
        size_t good = str_utf8_prefix(bytes);
        *text = bytes;
        return good == bytes.n || bad_byte(decoder, faults, line, bytes, good);
    }
    if (is_surely_utf8(bytes)) {
        reader_faults_add(faults, line, "", "not Shift_JIS but UTF-8; use --encoding utf-8");
        return false;
    }
    return convert(decoder, faults, line, bytes, text);
}

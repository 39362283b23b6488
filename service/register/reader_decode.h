// The file's encoding, undone: bytes of one line or CSV record in, well-formed UTF-8 out, or a fault that says where
// the bytes stop making sense and which encoding to try. Windows-31J (CP932) is what "Shift_JIS" means in Japan's
// offices: its NEC and IBM rows hold the variant kanji of names.
#ifndef MEIBO_REGISTER_READER_DECODE_H
#define MEIBO_REGISTER_READER_DECODE_H

#include "register/reader_faults.h"

#include <iconv.h>

struct reader_decoder {
    enum reader_encoding encoding;
    iconv_t converter;         // for READER_SHIFT_JIS
    char out[READER_LINE_MAX]; // of the latest conversion
};

// Caller's storage. ERR_UNAVAILABLE: this system's iconv has no CP932.
enum err reader_decoder_init(struct reader_decoder *decoder, enum reader_encoding encoding,
                             struct fault *fault) MUST_CHECK;
void reader_decoder_fini(struct reader_decoder *decoder);

// `text` is borrowed from `bytes` or from the decoder until its next use. False: a fault is noted, on `line` plus the
// line feeds before the bad byte.
bool reader_decode(struct reader_decoder *decoder, struct reader_faults *faults, uint64_t line, struct str bytes,
                   struct str *text) MUST_CHECK;

#endif

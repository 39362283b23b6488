// The one door to zlib: bytes in gzip's form (RFC 1952).
#ifndef MEIBO_API_GZIP_H
#define MEIBO_API_GZIP_H

#include "base/buf.h"

// Less is not worth it.
enum { GZIP_FROM_BYTES = 1024 };

// Appends the compressed form. `level` 1 (fast) to 9 (small). False: no memory, or it does not fit; `out` is as before.
bool gzip_pack(struct str bytes, int level, struct buf *out);

#endif

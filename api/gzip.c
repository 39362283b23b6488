// Compression: see gzip.h.
#include "api/gzip.h"

#include <limits.h>
#include <zlib.h>

// 15 bits of window, and 16 more to ask for gzip's wrapper.
enum { WINDOW = 15 + 16, MEMORY = 8 };

static bool pack_into(z_stream *stream, struct str bytes, struct buf *out)
{
    size_t before = out->n;
    uLong room = deflateBound(stream, bytes.n);
    char *p = bytes.n > UINT_MAX || room > UINT_MAX ? NULL : buf_extend(out, room);
    if (p == NULL) {
        return false;
    }
    stream->next_in = (Bytef *)(uintptr_t)bytes.p;
    stream->avail_in = (uInt)bytes.n;
    stream->next_out = (Bytef *)p;
    stream->avail_out = (uInt)room;
    bool done = deflate(stream, Z_FINISH) == Z_STREAM_END;
    out->n = done ? before + room - stream->avail_out : before;
    return done;
}

bool gzip_pack(struct str bytes, int level, struct buf *out)
{
    z_stream stream = {0};
    if (deflateInit2(&stream, level, Z_DEFLATED, WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
        return false;
    }
    bool done = pack_into(&stream, bytes, out);
    (void)deflateEnd(&stream);
    return done;
}

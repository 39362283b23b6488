// An answer in the making: see reply.h.
#include "api/reply.h"

#include <string.h>
#include <zlib.h>

enum { COMPRESS_FROM_BYTES = 1024 };

void reply_init(struct reply *reply)
{
    *reply = (struct reply){.status = 200};
    buf_init(&reply->body, REPLY_LONGEST);
    buf_init(&reply->link, TARGET_LONGEST * 4);
    buf_init(&reply->allow, 256);
}

void reply_fini(struct reply *reply)
{
    buf_fini(&reply->body);
    buf_fini(&reply->link);
    buf_fini(&reply->allow);
}

// Searches follow searches: what the last bodies needed the next one needs, more or less. Growing step by step from
// nothing would copy a body once more.
enum { RESERVE_MOST = 64 * 1024 };
static _Thread_local size_t usual_bytes;

void reply_reserve(struct reply *reply)
{
    buf_reserve(&reply->body, usual_bytes);
}

void reply_learn(const struct reply *reply)
{
    size_t faded = usual_bytes - usual_bytes / 8;
    size_t needed = reply->body.n < RESERVE_MOST ? reply->body.n : RESERVE_MOST;
    usual_bytes = needed > faded ? needed : faded;
}

void reply_reset(struct reply *reply)
{
    bool cors = reply->cors;
    reply_fini(reply);
    reply_init(reply);
    reply->cors = cors;
}

// RFC 1952 through zlib: 15 bits of window, 16 more ask for the gzip wrapper.
static bool deflate_into(struct str in, struct buf *out)
{
    z_stream stream = {0};
    if (deflateInit2(&stream, 4, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return false;
    }
    uLong room = deflateBound(&stream, in.n);
    char *p = buf_extend(out, room);
    int result = Z_MEM_ERROR;
    if (p != NULL) {
        stream.next_in = (Bytef *)(uintptr_t)in.p;
        stream.avail_in = (uInt)in.n;
        stream.next_out = (Bytef *)p;
        stream.avail_out = (uInt)room;
        result = deflate(&stream, Z_FINISH);
        out->n = room - stream.avail_out;
    }
    (void)deflateEnd(&stream);
    return result == Z_STREAM_END;
}

void reply_compress(struct reply *reply, const struct request *request)
{
    if (reply->body.n < COMPRESS_FROM_BYTES || !request_accepts_gzip(request)) {
        return;
    }
    struct buf small;
    buf_init(&small, REPLY_LONGEST);
    if (!deflate_into(buf_str(&reply->body), &small)) {
        buf_fini(&small);
        return;
    }
    buf_fini(&reply->body);
    reply->body = small;
    reply->compressed = true;
}

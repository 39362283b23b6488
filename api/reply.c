// An answer in the making: see reply.h.
#include "api/reply.h"

#include "api/gzip.h"

enum { LEVEL = 5 }; // a tenth larger than the smallest, in a third of the time

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

void reply_compress(struct reply *reply, const struct request *request)
{
    struct buf small;
    if (reply->compressed || reply->body.n < GZIP_FROM_BYTES || !request_accepts_gzip(request)) {
        return;
    }
    buf_init(&small, REPLY_LONGEST);
    if (!gzip_pack(buf_str(&reply->body), LEVEL, &small)) {
        buf_fini(&small);
        return;
    }
    buf_fini(&reply->body);
    reply->body = small;
    reply->compressed = true;
}

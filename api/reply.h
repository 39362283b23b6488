// An answer in the making. Handlers fill it; server.c turns it into bytes.
#ifndef MEIBO_API_REPLY_H
#define MEIBO_API_REPLY_H

#include "api/request.h"

enum { REPLY_LONGEST = 64 * 1024 * 1024, TAG_LONGEST = 96 };

enum caching {
    CACHING_NO_STORE,
    CACHING_PUBLIC, // max-age from the settings
};

struct reply {
    int status;
    const char *content_type; // static; NULL: no body
    struct buf body;
    enum caching caching;
    int64_t cache_s;          // for CACHING_PUBLIC
    char tag[TAG_LONGEST];    // entity tag without quotes; "": none
    struct buf link;          // value of Link; empty: none
    struct buf allow;         // value of Allow; empty: none
    int retry_after_s;        // 0: none
    const char *authenticate; // static value of WWW-Authenticate; NULL: none
    bool cors;                // readable by pages of any origin
    bool preflight;           // also Access-Control-Allow-Methods and the rest
    bool close;               // close the connection afterwards
    bool known_compressed;    // 304 for the gzip form
    bool compressed;          // the body is gzip
    bool varies;              // Vary: Accept, Accept-Encoding
};

void reply_init(struct reply *reply);
void reply_fini(struct reply *reply);
// Takes room for the body at once: as much as this thread's last bodies needed, within a bound.
void reply_reserve(struct reply *reply);
// Notes, for reply_reserve(), what the body needed.
void reply_learn(const struct reply *reply);
// Back to an empty 200, keeping `cors`.
void reply_reset(struct reply *reply);
// Compresses the body in place where the client accepts it and it is worth it, unless it is compressed already; the tag
// gets its suffix.
void reply_compress(struct reply *reply, const struct request *request);

#endif

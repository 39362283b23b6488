// Compressed answers, kept for the next who asks the same: compressing one takes longer than finding it does.
//
// An answer is kept under its entity tag, which names the edition, the query and the media type; so one of another
// publication is never found, and needs no removal: nobody asks for it any more, and who is not asked for goes first.
// Only whole, good answers are kept, so a hit is as good as running the query. Bounded in bytes, everything counted.
#ifndef MEIBO_API_GZIP_CACHE_H
#define MEIBO_API_GZIP_CACHE_H

#include "api/reply.h"
#include "base/err.h"

struct gzip_cache;

enum { GZIP_CACHE_SHARE = 8 }; // an answer that takes more than this part of all is not kept

// `most_bytes` > 0.
enum err gzip_cache_new(size_t most_bytes, struct gzip_cache **cache, struct fault *fault) MUST_CHECK;
// NULL is fine.
void gzip_cache_free(struct gzip_cache **cache);

// The rest takes any thread, and NULL for a cache that keeps nothing.

// Fills body, link and media type of a reply whose tag is set; false: there is none under it. The reply is `compressed`
// then.
bool gzip_cache_get(struct gzip_cache *cache, struct reply *reply);
// Keeps a copy of a reply that is compressed and tagged, if it is worth its room. What is there already stays.
void gzip_cache_put(struct gzip_cache *cache, const struct reply *reply);

struct gzip_cache_figures {
    uint64_t hits, misses;
    uint64_t evictions; // went to make room
    uint64_t entries, bytes;
};
struct gzip_cache_figures gzip_cache_get_figures(struct gzip_cache *cache);

#endif

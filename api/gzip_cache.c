// Kept answers: see gzip_cache.h. A hash table of entries, which also stand in a list in the order of their last use.
// One lock: it is held for copying a few kilobytes, once for a request that takes a hundred times as long.
#include "api/gzip_cache.h"

#include <pthread.h>
#include <stdlib.h>

enum { BYTES_PER_BUCKET = 4096, BUCKETS_MOST = 65536 };

struct entry {
    struct entry *next;          // of its bucket
    struct entry *newer, *older; // in the list
    uint64_t hash;
    const char *content_type; // static
    size_t body_n, link_n;
    char tag[TAG_LONGEST];
    char bytes[]; // body, link
};

struct gzip_cache {
    pthread_mutex_t lock;
    size_t most_bytes;
    struct entry *newest, *oldest; // of the list
    struct gzip_cache_figures figures;
    size_t bucket_count; // a power of two
    struct entry *buckets[];
};

static size_t bucket_count(size_t most_bytes)
{
    size_t count = 1;
    while (count < most_bytes / BYTES_PER_BUCKET && count < BUCKETS_MOST) {
        count *= 2;
    }
    return count;
}

enum err gzip_cache_new(size_t most_bytes, struct gzip_cache **cache, struct fault *fault)
{
    size_t buckets = bucket_count(most_bytes);
    struct gzip_cache *made = calloc(1, sizeof *made + buckets * sizeof(struct entry *));
    if (made == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for the cache");
    }
    (void)pthread_mutex_init(&made->lock, NULL);
    made->most_bytes = most_bytes;
    made->bucket_count = buckets;
    *cache = made;
    return ERR_OK;
}

void gzip_cache_free(struct gzip_cache **cache)
{
    if (*cache == NULL) {
        return;
    }
    struct entry *entry = (*cache)->newest;
    while (entry != NULL) {
        struct entry *older = entry->older;
        free(entry);
        entry = older;
    }
    (void)pthread_mutex_destroy(&(*cache)->lock);
    free(*cache);
    *cache = NULL;
}

// FNV-1a. A tag ends in a keyed digest, so nobody can choose tags of one bucket.
static uint64_t hash_tag(const char *tag)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *tag != '\0'; tag++) {
        hash = (hash ^ (unsigned char)*tag) * UINT64_C(0x100000001b3);
    }
    return hash;
}

static size_t bytes_of(const struct entry *entry)
{
    return sizeof *entry + entry->body_n + entry->link_n;
}

// --- with the lock -----------------------------------------------------------

// Where the entry of this tag hangs; what hangs there is NULL if there is none.
static struct entry **find(struct gzip_cache *cache, uint64_t hash, const char *tag)
{
    struct entry **at = &cache->buckets[(hash ^ hash >> 32) & (cache->bucket_count - 1)];
    while (*at != NULL && ((*at)->hash != hash || strcmp((*at)->tag, tag) != 0)) {
        at = &(*at)->next;
    }
    return at;
}

static void unlist(struct gzip_cache *cache, struct entry *entry)
{
    *(entry->newer == NULL ? &cache->newest : &entry->newer->older) = entry->older;
    *(entry->older == NULL ? &cache->oldest : &entry->older->newer) = entry->newer;
}

static void list_as_newest(struct gzip_cache *cache, struct entry *entry)
{
    entry->newer = NULL;
    entry->older = cache->newest;
    *(entry->older == NULL ? &cache->oldest : &entry->older->newer) = entry;
    cache->newest = entry;
}

static void evict_oldest(struct gzip_cache *cache)
{
    struct entry *oldest = cache->oldest;
    *find(cache, oldest->hash, oldest->tag) = oldest->next;
    unlist(cache, oldest);
    cache->figures.bytes -= bytes_of(oldest);
    cache->figures.entries--;
    cache->figures.evictions++;
    free(oldest);
}

// Takes the entry unless there is one of its tag.
static bool insert(struct gzip_cache *cache, struct entry *entry)
{
    if (*find(cache, entry->hash, entry->tag) != NULL) {
        return false;
    }
    while (cache->figures.bytes + bytes_of(entry) > cache->most_bytes) {
        evict_oldest(cache);
    }
    *find(cache, entry->hash, entry->tag) = entry;
    list_as_newest(cache, entry);
    cache->figures.bytes += bytes_of(entry);
    cache->figures.entries++;
    return true;
}

static bool copy_out(const struct entry *entry, struct reply *reply)
{
    buf_reserve(&reply->body, entry->body_n);
    buf_add(&reply->body, (struct str){entry->bytes, entry->body_n});
    buf_add(&reply->link, (struct str){entry->bytes + entry->body_n, entry->link_n});
    reply->content_type = entry->content_type;
    reply->compressed = true;
    return !buf_failed(&reply->body) && !buf_failed(&reply->link);
}

// --- without -----------------------------------------------------------------

bool gzip_cache_get(struct gzip_cache *cache, struct reply *reply)
{
    if (cache == NULL) {
        return false;
    }
    uint64_t hash = hash_tag(reply->tag);
    (void)pthread_mutex_lock(&cache->lock);
    struct entry *entry = *find(cache, hash, reply->tag);
    bool found = entry != NULL;
    if (found) {
        unlist(cache, entry);
        list_as_newest(cache, entry);
        (void)copy_out(entry, reply); // where that fails, the reply says so
        cache->figures.hits++;
    } else {
        cache->figures.misses++;
    }
    (void)pthread_mutex_unlock(&cache->lock);
    return found;
}

static struct entry *entry_of(const struct reply *reply)
{
    struct entry *entry = malloc(sizeof *entry + reply->body.n + reply->link.n);
    if (entry == NULL) {
        return NULL;
    }
    *entry = (struct entry){.hash = hash_tag(reply->tag),
                            .content_type = reply->content_type,
                            .body_n = reply->body.n,
                            .link_n = reply->link.n};
    memcpy(entry->tag, reply->tag, sizeof entry->tag);
    memcpy(entry->bytes, reply->body.p, reply->body.n);
    if (reply->link.n > 0) {
        memcpy(entry->bytes + reply->body.n, reply->link.p, reply->link.n);
    }
    return entry;
}

void gzip_cache_put(struct gzip_cache *cache, const struct reply *reply)
{
    bool whole = reply->status == 200 && reply->compressed && reply->tag[0] != '\0' && !buf_failed(&reply->body) &&
                 !buf_failed(&reply->link);
    if (cache == NULL || !whole || reply->body.n + reply->link.n > cache->most_bytes / GZIP_CACHE_SHARE) {
        return;
    }
    struct entry *entry = entry_of(reply);
    if (entry == NULL || bytes_of(entry) > cache->most_bytes / GZIP_CACHE_SHARE) {
        free(entry);
        return;
    }
    (void)pthread_mutex_lock(&cache->lock);
    bool taken = insert(cache, entry);
    (void)pthread_mutex_unlock(&cache->lock);
    if (!taken) {
        free(entry);
    }
}

struct gzip_cache_figures gzip_cache_get_figures(struct gzip_cache *cache)
{
    struct gzip_cache_figures figures = {0};
    if (cache != NULL) {
        (void)pthread_mutex_lock(&cache->lock);
        figures = cache->figures;
        (void)pthread_mutex_unlock(&cache->lock);
    }
    return figures;
}

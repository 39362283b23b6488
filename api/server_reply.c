// An answer as Ulfius's response: headers and body. Beside server.c the only file that knows Ulfius.
#include "api/server_reply.h"

#include <stdlib.h>

enum { HEADERS_SENT_MOST = 24, VALUE_LONGEST = 128 };

static void *resized(void *array, size_t bytes, bool *all)
{
    void *room = realloc(array, bytes);
    if (room == NULL) {
        *all = false;
        return array;
    }
    return room;
}

// u_map_put() compares a name with all before it and grows three arrays by one: a dozen headers take it a while. No
// name comes twice here, so the room is taken once and a header goes behind the last.
static bool take_room(struct _u_map *map)
{
    enum { ROOM = HEADERS_SENT_MOST + 1 }; // NULL or 0 ends each
    bool all = true;
    map->keys = resized(map->keys, ROOM * sizeof map->keys[0], &all);
    map->values = resized(map->values, ROOM * sizeof map->values[0], &all);
    map->lengths = resized(map->lengths, ROOM * sizeof map->lengths[0], &all);
    return all;
}

static char *copy(struct str text)
{
    char *made = malloc(text.n + 1);
    if (made != NULL) {
        memcpy(made, text.p, text.n);
        made[text.n] = '\0';
    }
    return made;
}

static void put_str(struct _u_response *out, const char *name, struct str value)
{
    struct _u_map *map = out->map_header;
    char *key = copy(str_of(name));
    char *text = copy(value);
    if (map->nb_values >= HEADERS_SENT_MOST || key == NULL || text == NULL) {
        free(key);
        free(text);
        return;
    }
    map->keys[map->nb_values] = key;
    map->values[map->nb_values] = text;
    map->lengths[map->nb_values] = value.n + 1;
    map->nb_values++;
    map->keys[map->nb_values] = NULL;
    map->values[map->nb_values] = NULL;
    map->lengths[map->nb_values] = 0;
}

static inline void put(struct _u_response *out, const char *name, const char *value)
{
    put_str(out, name, str_of(value));
}

static void put_buf(struct _u_response *out, const char *name, const struct buf *value)
{
    if (value->n > 0 && !buf_failed(value)) {
        put_str(out, name, buf_str(value));
    }
}

static void put_cache_control(struct _u_response *out, int64_t cache_s)
{
    char storage[VALUE_LONGEST];
    struct buf value;
    buf_init_on(&value, storage, sizeof storage);
    buf_add(&value, STR("public, max-age="));
    buf_add_i64(&value, cache_s);
    buf_add(&value, STR(", stale-while-revalidate=30, stale-if-error=86400"));
    put_buf(out, "Cache-Control", &value);
}

static void put_tag(struct _u_response *out, const char *tag, bool compressed)
{
    char storage[VALUE_LONGEST];
    struct buf value;
    buf_init_on(&value, storage, sizeof storage);
    buf_add_char(&value, '"');
    buf_add_text(&value, tag);
    buf_add_text(&value, compressed ? "-gz\"" : "\"");
    put_buf(out, "ETag", &value);
}

static void put_caching(struct _u_response *out, const struct reply *reply)
{
    if (reply->caching == CACHING_PUBLIC) {
        put_cache_control(out, reply->cache_s);
    } else {
        put(out, "Cache-Control", "no-store");
    }
    if (reply->tag[0] != '\0' && reply->status < 400) {
        put_tag(out, reply->tag, reply->compressed || reply->known_compressed);
    }
    if (reply->varies) {
        put(out, "Vary", "Accept, Accept-Encoding");
    }
}

static void put_cors(struct _u_response *out, const struct reply *reply)
{
    if (reply->cors) {
        put(out, "Access-Control-Allow-Origin", "*");
        put(out, "Access-Control-Expose-Headers", "ETag, Link, Retry-After, X-Request-Id");
    }
    if (reply->preflight) {
        put_buf(out, "Access-Control-Allow-Methods", &reply->allow);
        put(out, "Access-Control-Allow-Headers", "Accept, Accept-Language, If-None-Match, X-Request-Id");
        put(out, "Access-Control-Max-Age", "86400");
    }
}

// For what a browser may show as a page. Data is none: X-Content-Type-Options keeps it from being taken for one.
static void put_policy(struct _u_response *out, struct str type)
{
    if (str_starts_with(type, STR("text/")) || str_starts_with(type, STR("image/"))) {
        put(out, "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    }
}

static void put_headers(struct _u_response *out, const struct request *request, const struct reply *reply)
{
    put(out, "X-Request-Id", request->id);
    put(out, "X-Content-Type-Options", "nosniff");
    put(out, "Referrer-Policy", "no-referrer");
    put_caching(out, reply);
    put_cors(out, reply);
    put_buf(out, "Link", &reply->link);
    put_buf(out, "Allow", &reply->allow);
    if (reply->content_type != NULL) {
        put(out, "Content-Type", reply->content_type);
        put_policy(out, str_of(reply->content_type));
    }
    if (reply->compressed) {
        put(out, "Content-Encoding", "gzip");
    }
    if (reply->authenticate != NULL) {
        put(out, "WWW-Authenticate", reply->authenticate);
    }
    if (reply->retry_after_s > 0) {
        char storage[VALUE_LONGEST];
        struct buf value;
        buf_init_on(&value, storage, sizeof storage);
        buf_add_i64(&value, reply->retry_after_s);
        put_buf(out, "Retry-After", &value);
    }
    if (reply->close) {
        put(out, "Connection", "close");
    }
}

void server_send(struct _u_response *out, const struct request *request, struct reply *reply)
{
    out->status = reply->status;
    if (take_room(out->map_header)) {
        put_headers(out, request, reply);
    }
    out->binary_body_length = reply->body.n;
    out->binary_body = buf_take(&reply->body);
}

// Entity tags and the digest that binds a cursor: see tag.h.
#include "api/tag.h"

#include <string.h>

#include "api/params.h"

enum { CANONICAL_LONGEST = TARGET_LONGEST * 2 };

void tag_set(const struct visit *visit, struct reply *reply)
{
    const struct edition_head *head = edition_get_head(visit->edition);
    char storage[CANONICAL_LONGEST];
    struct buf canonical;
    struct buf tag;
    buf_init_on(&canonical, storage, sizeof storage);
    params_canonical(visit->request, NULL, NULL, &canonical);
    buf_init_on(&tag, reply->tag, sizeof reply->tag);
    buf_add_i64(&tag, head->publication);
    // With the instant: after a failover to a server that lagged, a number may come again with another content.
    buf_add_char(&tag, '-');
    buf_add_hex(&tag, (uint64_t)head->published_at, 1);
    buf_add_char(&tag, '-');
    buf_add_i64(&tag, head->day);
    buf_add_char(&tag, '-');
    buf_add_hex(&tag, digest_short(&visit->api->tag_key, buf_str(&canonical)), 16);
    // Another media type is another representation.
    if (visit->media != visit->route->produces[0]) {
        buf_add_char(&tag, '-');
        buf_add_text(&tag, strchr(visit->media, '/') + 1);
    }
    (void)buf_text(&tag);
}

static bool has_tag(const struct request *request, const char *tag, struct str suffix)
{
    char storage[TAG_LONGEST + 8];
    struct buf quoted;
    buf_init_on(&quoted, storage, sizeof storage);
    buf_add_char(&quoted, '"');
    buf_add_text(&quoted, tag);
    buf_add(&quoted, suffix);
    buf_add_char(&quoted, '"');
    return request_has_tag(request, buf_str(&quoted));
}

bool tag_is_known(const struct visit *visit, struct reply *reply)
{
    if (request_header(visit->request, "If-None-Match").p == NULL) {
        return false;
    }
    reply->known_compressed = request_accepts_gzip(visit->request) && has_tag(visit->request, reply->tag, STR("-gz"));
    return reply->known_compressed || has_tag(visit->request, reply->tag, STR(""));
}

static bool has_cursor(const struct route *route)
{
    const char *const *name = route->parameters;
    while (*name != NULL && strcmp(*name, "cursor") != 0) {
        name++;
    }
    return *name != NULL;
}

uint64_t tag_of_walk(const struct visit *visit)
{
    if (!has_cursor(visit->route)) {
        return 0;
    }
    char storage[CANONICAL_LONGEST];
    struct buf canonical;
    buf_init_on(&canonical, storage, sizeof storage);
    params_canonical(visit->request, "limit", "cursor", &canonical);
    return digest_short(&visit->api->cursor_key, buf_str(&canonical));
}

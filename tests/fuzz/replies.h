// What every answer keeps to, whatever was asked: its status, its headers, and a body that is what its media type says.
#ifndef MEIBO_TESTS_FUZZ_REPLIES_H
#define MEIBO_TESTS_FUZZ_REPLIES_H

#include "tests/fuzz/fuzz.h"

#include <jansson.h>
#include <zlib.h>

#include "api/reply.h"

static inline json_t *json_of(struct str text)
{
    json_t *json = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
    if (json == NULL) {
        fuzz_show("no JSON", text);
    }
    must(json != NULL);
    return json;
}

static inline void check_ndjson(struct str body)
{
    must(body.n > 0 && body.p[body.n - 1] == '\n');
    for (struct str rest = {body.p, body.n - 1}; rest.p != NULL;) {
        json_t *json = json_of(str_cut(&rest, '\n'));
        must(json_is_object(json));
        must(rest.p != NULL || json_is_true(json_object_get(json, "end")));
        json_decref(json);
    }
}

static inline void check_csv(struct str body)
{
    must(str_starts_with(body, STR("\xef\xbb\xbf")));
    must(body.n > 5 && memcmp(body.p + body.n - 2, "\r\n", 2) == 0);
    must(memmem(body.p, body.n, "\r\n#end count=", 13) != NULL || memmem(body.p, body.n, "\"#end count=", 12) != NULL);
}

static inline void check_problem(int status, struct str body)
{
    json_t *json = json_of(body);
    must(json_integer_value(json_object_get(json, "status")) == status);
    must(json_is_string(json_object_get(json, "title")));
    json_decref(json);
}

// The bytes that are sent, without the coding; appended.
static inline void add_plain(const struct reply *reply, struct buf *out)
{
    if (!reply->compressed) {
        buf_add(out, buf_str(&reply->body));
        return;
    }
    char part[4096];
    int result = Z_OK;
    z_stream stream = {.next_in = (Bytef *)reply->body.p, .avail_in = (uInt)reply->body.n};
    must(inflateInit2(&stream, 15 + 16) == Z_OK);
    while (result == Z_OK) {
        stream.next_out = (Bytef *)part;
        stream.avail_out = sizeof part;
        result = inflate(&stream, Z_NO_FLUSH);
        buf_add(out, (struct str){part, sizeof part - stream.avail_out});
    }
    must(result == Z_STREAM_END && stream.avail_in == 0);
    (void)inflateEnd(&stream);
}

static inline void check_body(const struct reply *reply)
{
    BUF_AUTO struct buf plain;
    buf_init(&plain, REPLY_LONGEST);
    add_plain(reply, &plain);
    struct str type = str_of(reply->content_type);
    struct str body = buf_str(&plain);
    must(!buf_failed(&plain) && str_is_utf8(body));
    if (str_starts_with(type, STR("application/problem+json"))) {
        check_problem(reply->status, body);
    } else if (str_starts_with(type, STR("application/json"))) {
        json_decref(json_of(body));
    } else if (str_starts_with(type, STR("application/x-ndjson"))) {
        check_ndjson(body);
    } else if (str_starts_with(type, STR("text/csv"))) {
        check_csv(body);
    }
}

// What goes into a header must not begin another.
static inline void check_header(struct str value)
{
    for (size_t i = 0; i < value.n; i++) {
        must(value.p[i] >= 0x20 && value.p[i] < 0x7f);
    }
}

static inline void check_reply(const struct reply *reply)
{
    must(reply->status >= 200 && reply->status < 500);
    must(!buf_failed(&reply->body) && !buf_failed(&reply->link) && !buf_failed(&reply->allow));
    must((reply->status >= 400) == (reply->content_type != NULL && strstr(reply->content_type, "problem") != NULL));
    check_header(buf_str(&reply->link));
    check_header(buf_str(&reply->allow));
    check_header(str_of(reply->tag));
    check_body(reply);
}

#endif

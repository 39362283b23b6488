// An answer as Ulfius's response: headers and body. Beside server.c the only file that knows Ulfius.
#include "api/server_reply.h"

#include <stdio.h>

static void put(struct _u_response *out, const char *name, const char *value)
{
    (void)u_map_put(out->map_header, name, value);
}

static void put_buf(struct _u_response *out, const char *name, struct buf *value)
{
    const char *text = value->n == 0 ? NULL : buf_text(value);
    if (text != NULL) {
        put(out, name, text);
    }
}

static void put_caching(struct _u_response *out, const struct reply *reply)
{
    char text[128];
    if (reply->caching == CACHING_PUBLIC) {
        (void)snprintf(text, sizeof text, "public, max-age=%lld, stale-while-revalidate=30, stale-if-error=86400",
                       (long long)reply->cache_s);
        put(out, "Cache-Control", text);
    } else {
        put(out, "Cache-Control", "no-store");
    }
    if (reply->tag[0] != '\0' && reply->status < 400) {
        (void)snprintf(text, sizeof text, "\"%s%s\"", reply->tag,
                       reply->compressed || reply->known_compressed ? "-gz" : "");
        put(out, "ETag", text);
    }
    if (reply->varies) {
        put(out, "Vary", "Accept, Accept-Encoding");
    }
}

static void put_cors(struct _u_response *out, struct reply *reply)
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

static void put_headers(struct _u_response *out, const struct request *request, struct reply *reply)
{
    char text[32];
    put(out, "X-Request-Id", request->id);
    put(out, "X-Content-Type-Options", "nosniff");
    put(out, "Referrer-Policy", "no-referrer");
    put(out, "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    put_caching(out, reply);
    put_cors(out, reply);
    put_buf(out, "Link", &reply->link);
    put_buf(out, "Allow", &reply->allow);
    if (reply->content_type != NULL) {
        put(out, "Content-Type", reply->content_type);
    }
    if (reply->compressed) {
        put(out, "Content-Encoding", "gzip");
    }
    if (reply->authenticate != NULL) {
        put(out, "WWW-Authenticate", reply->authenticate);
    }
    if (reply->retry_after_s > 0) {
        (void)snprintf(text, sizeof text, "%d", reply->retry_after_s);
        put(out, "Retry-After", text);
    }
    if (reply->close) {
        put(out, "Connection", "close");
    }
}

void server_send(struct _u_response *out, const struct request *request, struct reply *reply)
{
    out->status = reply->status;
    put_headers(out, request, reply);
    out->binary_body_length = reply->body.n;
    out->binary_body = buf_take(&reply->body);
}

// The listeners: the one place of Ulfius and libmicrohttpd. Requests come in here as bytes and leave as bytes.
//
// What Ulfius does by default and this does not, and why, stands at the top of server.c.
#ifndef MEIBO_API_SERVER_H
#define MEIBO_API_SERVER_H

#include "api/api.h"

struct server;

struct server_plan {
    const char *address; // "127.0.0.1:8080", "[::1]:8080"; port 0 takes a free one
    int listeners;       // enum listener_kind: which routes it serves
    int64_t threads;
};

// Opens the socket and serves. `api` is borrowed until server_stop. ERR_INVALID: the address is none; ERR_IO: it cannot
// be listened on. Logs "listening" with the address as it is.
enum err server_start(struct api *api, struct server_plan plan, struct server **server, struct fault *fault) MUST_CHECK;
// Takes no new connection; answers now close theirs.
void server_quiesce(struct server *server);
// Waits until no request is in hand, or the deadline (clock_monotonic_ns) has passed. True: none is.
bool server_wait_idle(struct server *server, uint64_t deadline_ns);
void server_stop(struct server **server);

#endif

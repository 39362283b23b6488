// The listeners: see server.h.
//
// Ulfius 2.7 and libmicrohttpd 0.9.75 as they are need care; each line has its regression test in
// tests/http/rawsocket.test.mjs or connections.test.mjs:
// - ulfius_start_framework hands libmicrohttpd's finished log text to printf as the format: a request for /%25n and a
//   reset kill the process. So the instance is started with libmicrohttpd's own options and a logger of ours.
// - The default is one thread a connection, without bound. Here: a pool of epoll threads with at most 120 connections
//   each (0.9.75 stalls when one wait returns exactly 128 events).
// - Ulfius decodes, joins and drops parameters and headers. Nothing is read from its maps: target and headers are taken
//   as they came, from libmicrohttpd.
// - Ulfius keeps 16 bytes of the client's address. The request it allocates is enlarged here and holds what it lacks.
// - A body longer than max_post_body_size is cut without a word. The limit given is one more than ours, and one byte
//   too many is answered 413.
// - One default endpoint: matching of endpoints costs, has no 405, HEAD or OPTIONS, and is lax.
#include "api/server.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <ulfius.h>
#include <unistd.h>

#include "api/metrics.h"
#include "api/server_reply.h"
#include "api/socket.h"
#include "base/log.h"

enum {
    CONNECTIONS_PER_THREAD = 120,
    CONNECTION_MEMORY = 32 * 1024, // of one connection: target, headers, part of the body; more than TARGET_LONGEST
};

struct server {
    struct api *api;
    int listeners;
    struct _u_instance instance;
    int socket;
    atomic_bool quiet;   // takes no new connection
    atomic_long in_hand; // requests begun and not completed
};

// What Ulfius's request lacks. Ulfius allocates a struct _u_request with malloc and frees it with free; it is enlarged
// between the two, so that this lives and dies with it.
struct exchange {
    struct _u_request ulfius;
    struct MHD_Connection *connection;
    struct server *server;
    uint64_t began_ns;
};

// --- starting ----------------------------------------------------------------

// libmicrohttpd's own remarks: about clients, so at debug level; the text may hold anything a client sent.
PRINTF_LIKE(2, 0)
static void log_from_library(void *context, const char *format, va_list arguments)
{
    char text[512];
    (void)context;
    (void)vsnprintf(text, sizeof text, format, arguments);
    log_event(LOG_DEBUG, "libmicrohttpd", LOG_TEXT("text", text));
}

// A request begins: called with its target, before its headers are read. NULL drops the connection.
static void *begin_exchange(void *context, const char *target, struct MHD_Connection *connection)
{
    struct server *server = context;
    struct connection_info_struct *info = ulfius_uri_logger(NULL, target);
    if (info == NULL) {
        return NULL;
    }
    struct exchange *exchange = realloc(info->request, sizeof *exchange);
    if (exchange == NULL) {
        mhd_request_completed(NULL, connection, (void **)&info, MHD_REQUEST_TERMINATED_WITH_ERROR);
        return NULL;
    }
    info->request = &exchange->ulfius;
    exchange->connection = connection;
    exchange->server = server;
    exchange->began_ns = clock_monotonic_ns();
    (void)atomic_fetch_add(&server->in_hand, 1);
    return info;
}

static void end_exchange(void *context, struct MHD_Connection *connection, void **info,
                         enum MHD_RequestTerminationCode code)
{
    struct server *server = context;
    bool begun = *info != NULL;
    mhd_request_completed(NULL, connection, info, code);
    if (begun) {
        (void)atomic_fetch_sub(&server->in_hand, 1);
    }
}

static void log_listening(const struct server *server)
{
    char address[SOCKET_TEXT_LONGEST];
    socket_write_address(server->socket, address);
    const char *kind = (server->listeners & LISTENER_ADMIN) != 0    ? "admin"
                       : (server->listeners & LISTENER_PUBLIC) != 0 ? "public"
                                                                    : "operator";
    log_event(LOG_INFO, "listening", LOG_TEXT("listener", kind), LOG_TEXT("address", address));
}

static enum err start_instance(struct server *server, int64_t threads, struct fault *fault)
{
    const struct settings *settings = server->api->settings;
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_EXTERNAL_LOGGER, (intptr_t)log_from_library, NULL},
        {MHD_OPTION_LISTEN_SOCKET, server->socket, NULL},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)end_exchange, server},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)begin_exchange, server},
        {MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)threads, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)(threads * CONNECTIONS_PER_THREAD), NULL},
        {MHD_OPTION_PER_IP_CONNECTION_LIMIT, (intptr_t)settings->connections_per_client, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)settings->idle_timeout_s, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_USE_ITC | MHD_USE_ERROR_LOG;
    if (ulfius_start_framework_with_mhd_options(&server->instance, flags, options) != U_OK) {
        return err_set(fault, ERR_IO, "the HTTP server did not start");
    }
    return ERR_OK;
}

// --- one request -------------------------------------------------------------

struct header_list {
    struct header *headers;
    size_t n;
};

// Counts what does not fit, so that the request is refused for it.
static enum MHD_Result add_header(void *context, enum MHD_ValueKind kind, const char *name, size_t name_length,
                                  const char *value, size_t value_length)
{
    struct header_list *list = context;
    (void)kind;
    if (list->n < HEADERS_MOST) {
        list->headers[list->n] = (struct header){{name, name_length}, {value == NULL ? "" : value, value_length}};
    }
    list->n++;
    return MHD_YES;
}

static void write_client(struct MHD_Connection *connection, char out[INET6_ADDRSTRLEN])
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info == NULL ? NULL : info->client_addr;
    out[0] = '\0';
    if (address != NULL && address->sa_family == AF_INET) {
        (void)inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, out, INET6_ADDRSTRLEN);
    } else if (address != NULL && address->sa_family == AF_INET6) {
        const struct in6_addr *ip = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
        bool mapped = IN6_IS_ADDR_V4MAPPED(ip);
        (void)inet_ntop(mapped ? AF_INET : AF_INET6, mapped ? &ip->s6_addr[12] : ip->s6_addr, out, INET6_ADDRSTRLEN);
    }
}

// Never the query or the path itself: those may hold names. The template says which route it was.
static void note(const struct exchange *exchange, const struct request *request, const struct reply *reply,
                 const struct route *route)
{
    uint64_t duration_ns = clock_monotonic_ns() - exchange->began_ns;
    metrics_count(exchange->server->api->metrics, route, reply->status, duration_ns);
    if (log_takes(LOG_INFO)) {
        char client[INET6_ADDRSTRLEN];
        write_client(exchange->connection, client);
        log_traffic("request", LOG_TEXT("id", request->id), LOG_STR("method", request->raw->method),
                    LOG_TEXT("route", route == NULL ? "" : route->path), LOG_NUMBER("status", reply->status),
                    LOG_NUMBER("duration_us", duration_ns / 1000), LOG_NUMBER("bytes", reply->body.n),
                    LOG_TEXT("client", client));
    }
}

static void answer(struct exchange *exchange, const struct raw_request *raw, struct _u_response *out)
{
    struct request request;
    struct reply reply;
    const char *why = NULL;
    const struct route *route = NULL;
    struct server *server = exchange->server;
    enum request_fault fault = request_parse(&request, raw, &why);
    reply_init(&reply);
    if (fault == REQUEST_OK) {
        route = api_answer(server->api, server->listeners, &request, &reply);
    } else {
        api_refuse(&request, fault, why, &reply);
    }
    reply.close = reply.close || request.lengthless || atomic_load(&server->quiet);
    reply_compress(&reply, &request);
    note(exchange, &request, &reply, route);
    server_send(out, &request, &reply);
    reply_fini(&reply);
    request_fini(&request);
}

// Ulfius calls this once a request is complete. It must always say U_CALLBACK_COMPLETE: anything else throws the answer
// away.
static int on_request(const struct _u_request *ulfius, struct _u_response *out, void *context)
{
    struct exchange *exchange = (struct exchange *)(uintptr_t)ulfius;
    struct header headers[HEADERS_MOST];
    struct header_list list = {headers, 0};
    (void)context;
    (void)MHD_get_connection_values_n(exchange->connection, MHD_HEADER_KIND, add_header, &list);
    struct raw_request raw = {
        .method = str_of(ulfius->http_verb),
        .target = str_of(ulfius->http_url),
        .version = str_of(ulfius->http_protocol),
        .headers = headers,
        .header_count = list.n,
        .body = {ulfius->binary_body, ulfius->binary_body_length},
    };
    answer(exchange, &raw, out);
    return U_CALLBACK_COMPLETE;
}

// --- life --------------------------------------------------------------------

static void destroy(struct server *server)
{
    ulfius_clean_instance(&server->instance);
    if (server->socket >= 0) {
        (void)close(server->socket);
    }
    free(server);
}

static enum err prepare_instance(struct server *server, struct fault *fault)
{
    // The port is only Ulfius's note: the socket is given.
    if (ulfius_init_instance(&server->instance, 1, NULL, NULL) != U_OK ||
        ulfius_set_default_endpoint(&server->instance, on_request, server) != U_OK) {
        return err_set(fault, ERR_MEMORY, "no memory for a listener");
    }
    server->instance.max_post_body_size = (size_t)server->api->settings->max_body_bytes + 1;
    server->instance.allowed_post_processor = U_POST_PROCESS_NONE;
    server->instance.check_utf8 = 0;
    return ERR_OK;
}

enum err server_start(struct api *api, struct server_plan plan, struct server **server, struct fault *fault)
{
    struct server *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for a listener");
    }
    made->api = api;
    made->listeners = plan.listeners;
    made->socket = -1;
    enum err err = prepare_instance(made, fault);
    if (err == ERR_OK) {
        err = socket_listen(plan.address, &made->socket, fault);
    }
    if (err == ERR_OK) {
        err = start_instance(made, plan.threads, fault);
    }
    if (err != ERR_OK) {
        destroy(made);
        return err;
    }
    log_listening(made);
    *server = made;
    return ERR_OK;
}

void server_quiesce(struct server *server)
{
    atomic_store(&server->quiet, true);
    // The socket is ours again, but a worker may be about to accept from it: it is shut now (new connections are
    // refused) and closed when the workers are gone, so that its number does not become another file's meanwhile.
    (void)MHD_quiesce_daemon(server->instance.mhd_daemon);
    (void)shutdown(server->socket, SHUT_RDWR);
}

bool server_wait_idle(struct server *server, uint64_t deadline_ns)
{
    const struct timespec pause = {.tv_nsec = 5000000};
    while (atomic_load(&server->in_hand) > 0 && clock_monotonic_ns() < deadline_ns) {
        (void)nanosleep(&pause, NULL);
    }
    return atomic_load(&server->in_hand) == 0;
}

void server_stop(struct server **server)
{
    if (*server == NULL) {
        return;
    }
    if (!atomic_load(&(*server)->quiet)) {
        server_quiesce(*server);
    }
    (void)ulfius_stop_framework(&(*server)->instance);
    destroy(*server);
    *server = NULL;
}

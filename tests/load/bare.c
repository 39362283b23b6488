// What Ulfius itself costs: a program that answers GET /N with N constant bytes, over the same event loop, threads and
// limits as api/server.c and with its one default endpoint. Asked with the sizes of the service's answers, it is the
// most that any service on Ulfius could reach. usage: bare PORT THREADS
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <ulfius.h>

enum {
    BODY_MOST = 1 << 20,
    CONNECTIONS_PER_THREAD = 120,
    CONNECTION_MEMORY = 32 * 1024,
    IDLE_TIMEOUT_S = 30,
};

static char body[BODY_MOST];

static int on_request(const struct _u_request *request, struct _u_response *response, void *context)
{
    unsigned long n = strtoul(request->http_url + 1, NULL, 10);
    (void)context;
    (void)u_map_put(response->map_header, "Content-Type", "application/json");
    (void)ulfius_set_binary_body_response(response, 200, body, n < BODY_MOST ? n : BODY_MOST);
    return U_CALLBACK_COMPLETE;
}

static int serve(struct _u_instance *instance, long threads)
{
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)mhd_request_completed, NULL},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)ulfius_uri_logger, NULL},
        {MHD_OPTION_SOCK_ADDR, 0, instance->bind_address},
        {MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)threads, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)(threads * CONNECTIONS_PER_THREAD), NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, IDLE_TIMEOUT_S, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_USE_ITC | MHD_USE_ERROR_LOG;
    return ulfius_start_framework_with_mhd_options(instance, flags, options);
}

static void wait_for_signal(const sigset_t *signals)
{
    int number;
    (void)sigwait(signals, &number);
}

int main(int count, char **arguments)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct _u_instance instance;
    sigset_t signals;
    if (count != 3) {
        return 2;
    }
    unsigned long port = strtoul(arguments[1], NULL, 10);
    address.sin_port = htons((uint16_t)port);
    memset(body, 'x', sizeof body);
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGTERM);
    (void)sigaddset(&signals, SIGINT);
    (void)pthread_sigmask(SIG_BLOCK, &signals, NULL);
    if (ulfius_init_instance(&instance, (unsigned)port, &address, NULL) != U_OK) {
        return 1;
    }
    instance.allowed_post_processor = U_POST_PROCESS_NONE;
    instance.check_utf8 = 0;
    if (ulfius_set_default_endpoint(&instance, on_request, NULL) != U_OK ||
        serve(&instance, strtol(arguments[2], NULL, 10)) != U_OK) {
        return 1;
    }
    wait_for_signal(&signals);
    (void)ulfius_stop_framework(&instance);
    ulfius_clean_instance(&instance);
    return 0;
}

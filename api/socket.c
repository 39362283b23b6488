// Opening a listening socket: see socket.h.
#include "api/socket.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024, ADDRESS_LONGEST = 64 };

static bool split_address(const char *address, char host[ADDRESS_LONGEST], char port[8])
{
    const char *colon = strrchr(address, ':');
    size_t length = colon == NULL ? 0 : (size_t)(colon - address);
    bool bracketed = length >= 2 && address[0] == '[' && address[length - 1] == ']';
    uint64_t number;
    if (colon == NULL || length == 0 || length >= ADDRESS_LONGEST || !str_to_u64(str_of(colon + 1), 65535, &number) ||
        (!bracketed && memchr(address, ':', length) != NULL)) {
        return false;
    }
    size_t skip = bracketed ? 1 : 0;
    memcpy(host, address + skip, length - 2 * skip);
    host[length - 2 * skip] = '\0';
    (void)snprintf(port, 8, "%u", (unsigned)number);
    return true;
}

enum err socket_listen(const char *address, int *opened, struct fault *fault)
{
    char host[ADDRESS_LONGEST];
    char port[8];
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
    struct addrinfo *found = NULL;
    if (!split_address(address, host, port) || getaddrinfo(host, port, &hints, &found) != 0) {
        return err_set(fault, ERR_INVALID, "%s: needs an address and a port, like 127.0.0.1:8080 or [::1]:8080",
                       address);
    }
    int one = 1;
    int zero = 0;
    int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool ok = fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
              (found->ai_family != AF_INET6 || setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &zero, sizeof zero) == 0) &&
              bind(fd, found->ai_addr, found->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0;
    int reason = errno;
    freeaddrinfo(found);
    if (!ok) {
        if (fd >= 0) {
            (void)close(fd);
        }
        return err_set(fault, ERR_IO, "%s: cannot listen: %s", address, strerror(reason));
    }
    *opened = fd;
    return ERR_OK;
}

void socket_write_address(int socket, char out[SOCKET_TEXT_LONGEST])
{
    struct sockaddr_storage at = {0};
    socklen_t length = sizeof at;
    char host[ADDRESS_LONGEST] = "?";
    char port[8] = "?";
    if (getsockname(socket, (struct sockaddr *)&at, &length) == 0) {
        (void)getnameinfo((struct sockaddr *)&at, length, host, sizeof host, port, sizeof port,
                          NI_NUMERICHOST | NI_NUMERICSERV);
    }
    (void)snprintf(out, SOCKET_TEXT_LONGEST, at.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}

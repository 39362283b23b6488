// Listening sockets, opened by us and given to the HTTP library: then the address, both IP versions and port 0 are ours
// to decide.
#ifndef MEIBO_API_SOCKET_H
#define MEIBO_API_SOCKET_H

#include "base/err.h"
#include "base/str.h"

enum { SOCKET_TEXT_LONGEST = 80 };

// Listens on "127.0.0.1:8080", "[::1]:8080" or "[::]:8080" (which takes IPv4 too); port 0 takes a free one. The
// descriptor is the caller's. ERR_INVALID: no numeric address and port; ERR_IO: it cannot be listened on.
enum err socket_listen(const char *address, int *opened, struct fault *fault) MUST_CHECK;
// The address a socket listens on, in the same form.
void socket_write_address(int socket, char out[SOCKET_TEXT_LONGEST]);

#endif

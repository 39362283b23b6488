// Turns an answer into Ulfius's response: part of server.c's door to the library.
#ifndef MEIBO_API_SERVER_REPLY_H
#define MEIBO_API_SERVER_REPLY_H

#include <ulfius.h>

#include "api/reply.h"

// The body is taken from the reply; Ulfius copies it and frees it.
void server_send(struct _u_response *out, const struct request *request, struct reply *reply);

#endif

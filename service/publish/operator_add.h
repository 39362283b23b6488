// Adds one operator: the list of operators is public, so this is a publication.
#ifndef MEIBO_PUBLISH_OPERATOR_ADD_H
#define MEIBO_PUBLISH_OPERATOR_ADD_H

#include "register/types.h"
#include "store/conn.h"

// As meibo_publisher, outside a transaction. `*publication` is the one that shows it.
// ERR_INVALID: not a code, or no name; ERR_CONFLICT: the code exists; ERR_UNCERTAIN: ask for the list before repeating.
enum err operator_add(struct conn *conn, const struct operator_entry *entry, int64_t *publication,
                      struct fault *fault) MUST_CHECK;

#endif

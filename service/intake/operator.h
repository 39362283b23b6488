// Operators and their tokens as the command line lists them. Adding an operator is a publication:
// publish/operator_add.h.
#ifndef MEIBO_INTAKE_OPERATOR_H
#define MEIBO_INTAKE_OPERATOR_H

#include "intake/token.h"

// One live or revoked token of an operator, as `meibo operator list` shows it.
struct operator_line {
    struct str code, name, key_id, expires_on, revoked_at, created_at; // text for display; p == NULL: none
};

// Calls `each` for every operator and token, ordered by code and creation; an operator without tokens once.
enum err operator_list(struct conn *conn, void (*each)(void *context, const struct operator_line *line), void *context,
                       struct fault *fault) MUST_CHECK;

#endif

// Operators and their tokens for `meibo operator list`.
#include "intake/operator.h"

#include "store/statements.h"

enum err operator_list(struct conn *conn, void (*each)(void *context, const struct operator_line *line), void *context,
                       struct fault *fault)
{
    ROWS_AUTO struct rows *rows = NULL;
    enum err err = conn_run(conn, &statement_operator_list, NULL, 0, &rows, fault);
    if (err != ERR_OK) {
        return err;
    }
    for (size_t i = 0; i < rows_count(rows); i++) {
        const struct operator_line line = {
            .code = rows_text(rows, i, 0),
            .name = rows_text(rows, i, 1),
            .key_id = rows_text(rows, i, 2),
            .expires_on = rows_text(rows, i, 3),
            .revoked_at = rows_text(rows, i, 4),
            .created_at = rows_text(rows, i, 5),
        };
        each(context, &line);
    }
    return ERR_OK;
}

// The act of publishing: see publication.h.
#include "publish/publication.h"

#include <stdio.h>

#include "store/statements.h"

enum { NUMBER_ROOM = 21 }; // digits of any 64-bit integer, a sign, NUL

static struct param number_param(char text[NUMBER_ROOM], int64_t number)
{
    (void)snprintf(text, NUMBER_ROOM, "%lld", (long long)number);
    return (struct param){text};
}

enum err publication_take(struct conn *conn, int64_t *number, struct fault *fault)
{
    ROWS_AUTO struct rows *rows = NULL;
    enum err err = conn_run(conn, &statement_publication_take, NULL, 0, &rows, fault);
    if (err != ERR_OK) {
        return err;
    }
    if (rows_count(rows) != 1) {
        return err_set(fault, ERR_INTERNAL, "publication_head has %zu rows instead of one", rows_count(rows));
    }
    *number = rows_i64(rows, 0, 0, 0);
    return ERR_OK;
}

enum err publication_finish(struct conn *conn, int64_t number, const char *cause, uint64_t added, uint64_t changed,
                            uint64_t ended, struct fault *fault)
{
    char texts[4][NUMBER_ROOM];
    struct param params[] = {
        number_param(texts[0], number),         {cause},
        number_param(texts[1], (int64_t)added), number_param(texts[2], (int64_t)changed),
        number_param(texts[3], (int64_t)ended),
    };
    enum err err = conn_run(conn, &statement_publication_record, params, 5, NULL, fault);
    if (err == ERR_OK) {
        err = conn_run(conn, &statement_publication_advance, params, 1, NULL, fault);
    }
    if (err == ERR_OK) {
        struct param told[] = {{PUBLICATION_CHANNEL}, params[0]};
        err = conn_run(conn, &statement_publication_tell, told, 2, NULL, fault);
    }
    return err;
}

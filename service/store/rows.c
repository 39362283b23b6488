// Reading a finished result: see conn.h.
#include <stdlib.h>

#include "store/conn_private.h"

void rows_free(struct rows **rows)
{
    if (*rows != NULL) {
        PQclear((*rows)->result);
        free(*rows);
        *rows = NULL;
    }
}

size_t rows_count(const struct rows *rows)
{
    return (size_t)PQntuples(rows->result);
}

uint64_t rows_affected(const struct rows *rows)
{
    uint64_t count = 0;
    (void)str_to_u64(str_of(PQcmdTuples(rows->result)), UINT64_MAX, &count);
    return count;
}

struct str rows_text(const struct rows *rows, size_t row, size_t column)
{
    if (PQgetisnull(rows->result, (int)row, (int)column)) {
        return (struct str){NULL, 0};
    }
    return (struct str){PQgetvalue(rows->result, (int)row, (int)column),
                        (size_t)PQgetlength(rows->result, (int)row, (int)column)};
}

int64_t rows_i64(const struct rows *rows, size_t row, size_t column, int64_t otherwise)
{
    struct str text = rows_text(rows, row, column);
    return text.p == NULL ? otherwise : strtoll(text.p, NULL, 10);
}

bool rows_bool(const struct rows *rows, size_t row, size_t column)
{
    return str_equal(rows_text(rows, row, column), STR("t"));
}

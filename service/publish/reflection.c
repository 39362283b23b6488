// Measuring the promise: see reflection.h.
#include "publish/reflection.h"

#include <stdlib.h>
#include <string.h>

#include "store/statements.h"

static void read_line(const struct rows *rows, size_t row, struct reflection_line *line)
{
    struct str code = rows_text(rows, row, 0);
    if (code.p != NULL && code.n <= CODE_LONGEST) {
        memcpy(line->operator_code, code.p, code.n);
    }
    line->received = rows_i64(rows, row, 1, 0);
    line->reflected = rows_i64(rows, row, 2, 0);
    line->pending = rows_i64(rows, row, 3, 0);
    line->oldest_pending_at = rows_i64(rows, row, 4, INSTANT_NONE);
    line->next_reflect_by = (day_t)rows_i64(rows, row, 5, DAY_NONE);
    line->median_delay_ms = rows_i64(rows, row, 6, -1);
    line->worst_delay_ms = rows_i64(rows, row, 7, -1);
    line->late_by_operator = rows_i64(rows, row, 8, 0);
    line->breaches = rows_i64(rows, row, 9, 0);
}

enum err reflection_measure(struct conn *conn, day_t today, struct reflection **reflection, struct fault *fault)
{
    char day[DAY_TEXT + 1] = {0};
    ROWS_AUTO struct rows *rows = NULL;
    day_write(today, day);
    enum err err = conn_run(conn, &statement_reflection, &(struct param){day}, 1, &rows, fault);
    if (err != ERR_OK) {
        return err;
    }
    size_t n = rows_count(rows);
    struct reflection *made = calloc(1, sizeof *made + n * sizeof made->lines[0]);
    if (made == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for the reflection's figures");
    }
    made->measured_at = clock_now();
    made->n = n;
    for (size_t i = 0; i < n; i++) {
        read_line(rows, i, &made->lines[i]);
    }
    *reflection = made;
    return ERR_OK;
}

// Adding an operator: see operator_add.h.
#include "publish/operator_add.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/buf.h"
#include "publish/publication.h"
#include "store/statements.h"

// Parameters are NUL-terminated; the entry's texts need not be.
struct texts {
    struct buf code, name, name_en, domain;
};

static void texts_fini(struct texts *texts)
{
    buf_fini(&texts->code);
    buf_fini(&texts->name);
    buf_fini(&texts->name_en);
    buf_fini(&texts->domain);
}
#define TEXTS_AUTO __attribute__((cleanup(texts_fini)))

// NULL where there is no text.
static const char *keep(struct buf *buf, struct str text)
{
    enum { MOST = 64 * 1024 };
    buf_init(buf, MOST);
    buf_add(buf, text);
    return text.p == NULL ? NULL : buf_text(buf);
}

static enum err insert(struct conn *conn, const struct operator_entry *entry, int64_t publication, struct fault *fault)
{
    TEXTS_AUTO struct texts texts = {0};
    ROWS_AUTO struct rows *rows = NULL;
    char number[24];
    (void)snprintf(number, sizeof number, "%" PRId64, publication);
    const struct param params[] = {
        {keep(&texts.code, entry->code)},
        {keep(&texts.name, entry->name)},
        {keep(&texts.name_en, entry->name_en)},
        {keep(&texts.domain, entry->domain)},
        {number},
    };
    if (buf_failed(&texts.code) || buf_failed(&texts.name) || buf_failed(&texts.name_en) || buf_failed(&texts.domain)) {
        return err_set(fault, ERR_MEMORY, "no memory for an operator");
    }
    enum err err = conn_run(conn, &statement_operator_add, params, 5, &rows, fault);
    if (err == ERR_OK && rows_affected(rows) == 0) {
        return err_set(fault, ERR_CONFLICT, "operator \"%s\" exists", params[0].text);
    }
    return err;
}

enum err operator_add(struct conn *conn, const struct operator_entry *entry, int64_t *publication, struct fault *fault)
{
    if (!code_is_valid(entry->code)) {
        return err_set(fault, ERR_INVALID, "a code is 1 to %d of a-z, 0-9, '.', '_' and '-'", CODE_LONGEST);
    }
    if (entry->name.n == 0) {
        return err_set(fault, ERR_INVALID, "an operator needs a name");
    }
    enum err err = conn_begin(conn, fault);
    err = err != ERR_OK ? err : publication_take(conn, publication, fault);
    err = err != ERR_OK ? err : insert(conn, entry, *publication, fault);
    err = err != ERR_OK ? err : publication_finish(conn, *publication, "operators", 1, 0, 0, fault);
    err = err != ERR_OK ? err : conn_commit(conn, fault);
    if (err != ERR_OK) {
        conn_rollback(conn);
    }
    return err;
}

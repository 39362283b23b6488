// Operators' bearer tokens: see token.h for their form.
#include "intake/token.h"

#include <string.h>

#include "base/buf.h"
#include "intake/lease.h"
#include "intake/stored_digest.h"
#include "store/statements.h"

enum {
    PREFIX = 4,
    KEY_ID = 12,
    SECRET = 43,
    CHECKSUM = 6,
    KEY_ID_AT = PREFIX,
    SECRET_AT = KEY_ID_AT + KEY_ID + 1,
    CHECKSUM_AT = SECRET_AT + SECRET + 1,
};

_Static_assert(CHECKSUM_AT + CHECKSUM == TOKEN_TEXT, "the parts make the whole");
_Static_assert(sizeof((struct report_sender){0}.key_id) == KEY_ID + 1, "a sender's key id");

// Key ids and checksums use the first 36, secrets all 62.
static const char alphabet[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
enum { SMALL = 36, WHOLE = 62 };

// Bytes that would favour some characters are thrown away.
static void random_text(char *out, size_t n, unsigned characters)
{
    unsigned limit = 256 / characters * characters;
    size_t at = 0;
    while (at < n) {
        unsigned char bytes[64];
        digest_random(bytes, sizeof bytes);
        for (size_t i = 0; i < sizeof bytes && at < n; i++) {
            if (bytes[i] < limit) {
                out[at++] = alphabet[bytes[i] % characters];
            }
        }
    }
}

static void checksum_of(struct str text, char out[CHECKSUM])
{
    struct digest digest = digest_sha256(text);
    uint64_t value = 0;
    for (size_t i = 0; i < sizeof value; i++) {
        value = value << 8 | digest.bytes[i];
    }
    for (size_t i = 0; i < CHECKSUM; i++) {
        out[i] = alphabet[value % SMALL];
        value /= SMALL;
    }
}

static void make_text(char text[TOKEN_TEXT + 1])
{
    memcpy(text, "mbo_", PREFIX);
    random_text(text + KEY_ID_AT, KEY_ID, SMALL);
    text[SECRET_AT - 1] = '_';
    random_text(text + SECRET_AT, SECRET, WHOLE);
    text[CHECKSUM_AT - 1] = '_';
    checksum_of((struct str){text, CHECKSUM_AT - 1}, text + CHECKSUM_AT);
    text[TOKEN_TEXT] = '\0';
}

static bool is_of(struct str part, size_t characters)
{
    for (size_t i = 0; i < part.n; i++) {
        if (part.p[i] == '\0' || memchr(alphabet, part.p[i], characters) == NULL) {
            return false;
        }
    }
    return true;
}

static bool is_well_formed(struct str text)
{
    if (text.n != TOKEN_TEXT || memcmp(text.p, "mbo_", PREFIX) != 0 || text.p[SECRET_AT - 1] != '_' ||
        text.p[CHECKSUM_AT - 1] != '_' || !is_of((struct str){text.p + KEY_ID_AT, KEY_ID}, SMALL) ||
        !is_of((struct str){text.p + SECRET_AT, SECRET}, WHOLE)) {
        return false;
    }
    char checksum[CHECKSUM];
    checksum_of((struct str){text.p, CHECKSUM_AT - 1}, checksum);
    return memcmp(checksum, text.p + CHECKSUM_AT, CHECKSUM) == 0;
}

// Locks the operator, so that the count of its live tokens holds until commit.
static enum err check_room(struct conn *conn, const char *operator_code, const char *today, struct fault *fault)
{
    ROWS_AUTO struct rows *locked = NULL;
    ROWS_AUTO struct rows *live = NULL;
    const struct param params[] = {{operator_code}, {today}};
    enum err err = conn_run(conn, &statement_token_lock, params, 1, &locked, fault);
    if (err != ERR_OK) {
        return err;
    }
    if (rows_count(locked) == 0) {
        return err_set(fault, ERR_NOT_FOUND, "no operator \"%s\"", operator_code);
    }
    err = conn_run(conn, &statement_token_live, params, 2, &live, fault);
    if (err != ERR_OK) {
        return err;
    }
    if (rows_i64(live, 0, 0, 0) >= TOKENS_LIVE_MAX) {
        return err_set(fault, ERR_CONFLICT, "operator \"%s\" has %d live tokens: revoke one first", operator_code,
                       TOKENS_LIVE_MAX);
    }
    return ERR_OK;
}

static enum err insert(struct conn *conn, const char *operator_code, const char *expires_on, const char *text,
                       struct fault *fault)
{
    char key_id[KEY_ID + 1] = {0};
    char digest_text[STORED_DIGEST_TEXT + 1];
    struct digest digest = digest_sha256((struct str){text + SECRET_AT, SECRET});
    memcpy(key_id, text + KEY_ID_AT, KEY_ID);
    stored_digest_write(&digest, digest_text);
    const struct param params[] = {{key_id}, {operator_code}, {digest_text}, {expires_on}};
    return conn_run(conn, &statement_token_insert, params, 4, NULL, fault);
}

enum err token_issue(struct conn *conn, const char *operator_code, day_t expires_on, day_t today,
                     char text[TOKEN_TEXT + 1], struct fault *fault)
{
    char today_text[DAY_TEXT + 1] = {0};
    char expires_text[DAY_TEXT + 1] = {0};
    bool expires = expires_on != DAY_NONE;
    if (expires && expires_on < today) {
        return err_set(fault, ERR_INVALID, "the token would have expired already");
    }
    day_write(today, today_text);
    day_write(expires ? expires_on : today, expires_text);
    make_text(text);
    enum err err = conn_begin(conn, fault);
    err = err != ERR_OK ? err : check_room(conn, operator_code, today_text, fault);
    err = err != ERR_OK ? err : insert(conn, operator_code, expires ? expires_text : NULL, text, fault);
    err = err != ERR_OK ? err : conn_commit(conn, fault);
    if (err != ERR_OK) {
        conn_rollback(conn);
        memset(text, 0, TOKEN_TEXT + 1);
    }
    return err;
}

enum err token_revoke(struct conn *conn, const char *key_id, struct fault *fault)
{
    const struct param params[] = {{key_id}};
    ROWS_AUTO struct rows *rows = NULL;
    enum err err = conn_run(conn, &statement_token_revoke, params, 1, &rows, fault);
    if (err != ERR_OK) {
        return err;
    }
    return rows_affected(rows) == 1 ? ERR_OK : err_set(fault, ERR_NOT_FOUND, "no live token \"%s\"", key_id);
}

// An unknown key id goes the same way as a known one, against a digest that no secret has, so that the time it takes
// does not tell which key ids exist.
static bool is_right(const struct rows *rows, struct str secret, day_t today)
{
    bool known = rows_count(rows) == 1;
    struct digest stored = {{0}};
    struct digest given = digest_sha256(secret);
    known = known && stored_digest_parse(rows_text(rows, 0, 1), &stored);
    bool same = digest_equal(&given, &stored);
    bool live = known && rows_i64(rows, 0, 2, INT64_MAX) >= today && !rows_bool(rows, 0, 3) && rows_bool(rows, 0, 4);
    return same && live;
}

enum err token_check(struct pool *pool, struct str text, day_t today, struct report_sender *sender, struct fault *fault)
{
    if (!is_well_formed(text)) {
        return err_set(fault, ERR_DENIED, "not a token");
    }
    *sender = (struct report_sender){0};
    memcpy(sender->key_id, text.p + KEY_ID_AT, KEY_ID);
    const struct param params[] = {{sender->key_id}};
    LEASE_AUTO struct lease lease = {0};
    ROWS_AUTO struct rows *rows = NULL;
    enum err err = lease_take(&lease, pool, fault);
    err = err != ERR_OK ? err : conn_run(lease.conn, &statement_token_check, params, 1, &rows, fault);
    if (err != ERR_OK) {
        return err;
    }
    if (!is_right(rows, (struct str){text.p + SECRET_AT, SECRET}, today)) {
        return err_set(fault, ERR_DENIED, "token %s is unknown, wrong, expired or revoked", sender->key_id);
    }
    struct str code = rows_text(rows, 0, 0);
    if (code.n > CODE_LONGEST) {
        return err_set(fault, ERR_INTERNAL, "token %s has an operator that is no code", sender->key_id);
    }
    memcpy(sender->operator_code, code.p, code.n);
    return ERR_OK;
}

// Operators' bearer tokens: mbo_<key id>_<secret>_<checksum>. Key id: 12 of [0-9a-z]; secret: 43 of [0-9A-Za-z]
// (256 bits); checksum: 6 of [0-9a-z], from the SHA-256 of all before it, so that a mistyped or cut token is told from
// a wrong one without asking the database, and scanners can find leaked ones. Only the SHA-256 of the secret is stored.
#ifndef MEIBO_INTAKE_TOKEN_H
#define MEIBO_INTAKE_TOKEN_H

#include "intake/report.h"

enum { TOKEN_TEXT = 4 + 12 + 1 + 43 + 1 + 6, TOKENS_LIVE_MAX = 2 };

// Makes a token for an operator that exists. `text` is the only copy of the secret. `expires_on` DAY_NONE: never.
// ERR_NOT_FOUND: no such operator; ERR_CONFLICT: it has TOKENS_LIVE_MAX live ones; ERR_INVALID: expired before it
// began.
enum err token_issue(struct conn *conn, const char *operator_code, day_t expires_on, day_t today,
                     char text[TOKEN_TEXT + 1], struct fault *fault) MUST_CHECK;
// ERR_NOT_FOUND: no such key id, or revoked already.
enum err token_revoke(struct conn *conn, const char *key_id, struct fault *fault) MUST_CHECK;
// Who sends this. ERR_DENIED: malformed, unknown, wrong, expired, revoked or of an operator that is listed no longer
// (one answer for all). ERR_UNAVAILABLE.
enum err token_check(struct pool *pool, struct str text, day_t today, struct report_sender *sender,
                     struct fault *fault) MUST_CHECK;

#endif

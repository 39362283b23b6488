// Digests as the record's statements give them: hexadecimal text, and bytea literals to bind.
#ifndef MEIBO_INTAKE_STORED_DIGEST_H
#define MEIBO_INTAKE_STORED_DIGEST_H

#include "base/digest.h"

enum { STORED_DIGEST_TEXT = 2 + 2 * DIGEST_BYTES };

// Exactly 64 lower-case hexadecimal digits.
bool stored_digest_parse(struct str hex, struct digest *digest);
// As a bytea literal, \x…
void stored_digest_write(const struct digest *digest, char out[STORED_DIGEST_TEXT + 1]);

#endif

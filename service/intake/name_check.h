// The keyed digest of a registrant's folded name: HMAC-SHA-256 under a key from MEIBO_SECRET. It is all that the record
// keeps of a withheld name, and it serves one purpose: to catch a mistyped number in a report.
#ifndef MEIBO_INTAKE_NAME_CHECK_H
#define MEIBO_INTAKE_NAME_CHECK_H

#include "base/digest.h"

// Digest of fold(name); blanks do not matter. Well-formed UTF-8. ERR_MEMORY.
enum err name_digest(struct str secret, struct str name, struct digest *digest) MUST_CHECK;

#endif

// The gate: where readers find the current edition. A reader keeps the edition it entered with until it leaves; a new
// one is put in place at once, and the old one is freed when the last reader has left it, by whoever replaced it (so
// that no reader pays for it).
#ifndef MEIBO_EDITION_GATE_H
#define MEIBO_EDITION_GATE_H

#include "base/err.h"
#include "edition/edition.h"

struct gate;

enum err gate_new(struct gate **gate, struct fault *fault) MUST_CHECK;
// No reader may be inside.
void gate_free(struct gate **gate);
// The current edition, NULL as long as there is none (then there is nothing to leave). Any thread.
const struct edition *gate_enter(struct gate *gate);
void gate_leave(struct gate *gate, const struct edition *edition);
// Puts an edition in place, waits until the old one has no readers and frees it. One thread at a time.
void gate_replace(struct gate *gate, struct edition **edition);

#endif

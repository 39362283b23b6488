// Asking the service, and the ways in which that can fail.
import { language } from "./words.js";

const PATIENCE_MS = 15_000;
const RETRY_LONGEST_S = 60;

/** Why there is no answer. `kind`: offline, unreachable, slow, problem (the service said so) or answer (unreadable). */
export class Failure extends Error {
    constructor(kind, details = {}) {
        super(kind);
        this.kind = kind;
        Object.assign(this, details);
    }
}

function whyNoAnswer(patience) {
    if (patience.signal.aborted) {
        return new Failure("slow");
    }
    return new Failure(navigator.onLine ? "unreachable" : "offline");
}

async function problemOf(response) {
    const status = response.status;
    const wait = Number(response.headers.get("Retry-After"));
    const retryS =
        status === 503 || status === 429 ? Math.min(Math.max(Math.ceil(wait) || 5, 1), RETRY_LONGEST_S) : undefined;
    const problem = await response.json().catch(() => undefined);
    return typeof problem?.detail === "string"
        ? new Failure("problem", { status, retryS, problem })
        : new Failure("answer", { status, retryS });
}

/** What `read` makes of the answer of a path; throws a Failure, or the abort of `signal`. */
async function askFor(path, accept, read, signal) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    const giveUp = () => patience.abort();
    signal?.addEventListener("abort", giveUp);
    try {
        const headers = { Accept: accept, "Accept-Language": language };
        const response = await fetch(path, { headers, signal: patience.signal });
        if (!response.ok) {
            throw await problemOf(response);
        }
        return await read(response);
    } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof SyntaxError) {
            throw new Failure("answer", { status: 200 });
        }
        throw error instanceof Failure ? error : whyNoAnswer(patience);
    } finally {
        clearTimeout(timer);
        signal?.removeEventListener("abort", giveUp);
    }
}

/** The JSON that a path answers. */
export const ask = (path, signal) => askFor(path, "application/json", (response) => response.json(), signal);

/** A page in another format as it came, { blob, text, next }: with the path of the next page, where there is one. */
export function askTable(path, accept) {
    return askFor(path, accept, async (response) => {
        const blob = await response.blob();
        const next = /^<([^>]+)>; rel="next"$/.exec(response.headers.get("Link") ?? "")?.[1];
        return { blob, text: await blob.text(), next };
    });
}

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

/** The JSON that a path answers; throws a Failure, or the abort of `signal`. */
export async function ask(path, signal) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    const giveUp = () => patience.abort();
    signal?.addEventListener("abort", giveUp);
    try {
        const headers = { Accept: "application/json", "Accept-Language": language };
        const response = await fetch(path, { headers, signal: patience.signal });
        if (!response.ok) {
            throw await problemOf(response);
        }
        return await response.json();
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

let catalog;

/** Courses and operators by code, asked for once; a failure is forgotten, so that the next caller asks again. */
export function askCatalog() {
    catalog ??= Promise.all([ask("/v1/courses"), ask("/v1/operators")]).then(
        ([courses, operators]) => ({
            courses: new Map(courses.items.map((course) => [course.code, course])),
            operators: new Map(operators.items.map((operator) => [operator.code, operator])),
        }),
        (error) => {
            catalog = undefined;
            throw error;
        },
    );
    return catalog;
}

// Waiting for a condition, with a deadline: the tests never sleep and hope.
import { setTimeout as pause } from "node:timers/promises";

/**
 * Asks until `probe` answers something true, and returns that. An error of the probe counts as "not yet".
 * @template T @param {string} what @param {() => T | Promise<T>} probe @param {number} [deadlineMs]
 * @returns {Promise<Exclude<T, false | 0 | "" | null | undefined>>}
 */
export async function until(what, probe, deadlineMs = 10_000) {
    const end = Date.now() + deadlineMs;
    /** @type {unknown} */
    let last;
    for (;;) {
        try {
            const value = await probe();
            if (value) {
                return /** @type {any} */ (value);
            }
        } catch (error) {
            last = error;
        }
        if (Date.now() > end) {
            throw new Error(`not within ${deadlineMs} ms: ${what}`, { cause: last });
        }
        await pause(15);
    }
}

/** @template T @param {string} what @param {Promise<T>} promise @param {number} deadlineMs @returns {Promise<T>} */
export async function within(what, promise, deadlineMs) {
    const stop = new AbortController();
    const late = pause(deadlineMs, undefined, { signal: stop.signal }).then(() => {
        throw new Error(`not within ${deadlineMs} ms: ${what}`);
    });
    late.catch(() => {});
    try {
        return await Promise.race([promise, late]);
    } finally {
        stop.abort();
    }
}

// Sends requests to the binary and holds each answer to the contract: plainly (`call`), and through the client that
// openapi-typescript and openapi-fetch make of openapi.yaml (`typedClient`), as our users would.
import http from "node:http";
import zlib from "node:zlib";
import createClient from "openapi-fetch";
import { check } from "./contract.mjs";

/**
 * @typedef {import("../../../build/http-types/openapi.js").paths} paths
 * @typedef {object} Options
 * @property {Record<string, string>} [headers]
 * @property {string | Buffer | object} [body] an object is sent as JSON
 * @property {string} [token]
 * @property {http.Agent} [agent]
 * @property {boolean} [unlisted] a status that the operation does not list is expected
 * @property {number} [expect] the status that the answer has to have
 * @property {boolean} [loose] the answer is not held to the contract
 */

/** One answer, whole. */
export class Answer {
    /** @param {http.IncomingMessage} message @param {Buffer} raw */
    constructor(message, raw) {
        this.status = message.statusCode ?? 0;
        /** @type {Record<string, string>} */
        this.headers = /** @type {any} */ (message.headers);
        this.names = message.rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
        this.raw = raw;
        this.body = this.headers["content-encoding"] === "gzip" && raw.length > 0 ? zlib.gunzipSync(raw) : raw;
    }

    get text() {
        return this.body.toString("utf8");
    }

    /** @returns {any} */
    get json() {
        return JSON.parse(this.text);
    }

    /** Names of the parameters that the problem finds fault with. @returns {string[]} */
    get blamed() {
        return (this.json.errors ?? []).map((/** @type {any} */ e) => e.parameter ?? e.pointer);
    }
}

/** @param {string} base @param {string} method @param {string} target @param {Options} options @returns {Promise<Answer>} */
function exchange(base, method, target, options) {
    const { hostname, port } = new URL(base);
    return new Promise((resolve, reject) => {
        const request = http.request({
            hostname,
            port,
            method,
            path: target,
            headers: options.headers,
            agent: options.agent,
            timeout: 20_000,
        });
        request.on("timeout", () => request.destroy(new Error(`${method} ${target}: no answer within 20 s`)));
        request.on("error", reject);
        request.on("response", (message) => {
            /** @type {Buffer[]} */
            const chunks = [];
            message.on("data", (chunk) => chunks.push(chunk));
            message.on("error", reject);
            message.on("end", () => resolve(new Answer(message, Buffer.concat(chunks))));
        });
        request.end(options.body);
    });
}

/** @param {Options} options @returns {Options} */
function prepared(options) {
    const headers = { ...options.headers };
    let body = options.body;
    if (body !== undefined && typeof body !== "string" && !Buffer.isBuffer(body)) {
        body = JSON.stringify(body);
        headers["Content-Type"] ??= "application/json";
    }
    if (body !== undefined) {
        headers["Content-Length"] ??= String(Buffer.byteLength(/** @type {string | Buffer} */ (body)));
    }
    if (options.token !== undefined) {
        headers.Authorization = `Bearer ${options.token}`;
    }
    return { ...options, headers, body };
}

/** One request, answered and checked. @param {string} base @param {string} method @param {string} target @param {Options} [options] */
export async function call(base, method, target, options = {}) {
    const ready = prepared(options);
    const answer = await exchange(base, method, target, ready);
    if (!options.loose) {
        check({ method, target, headers: ready.headers ?? {} }, answer, { unlisted: options.unlisted });
    }
    if (options.expect !== undefined && answer.status !== options.expect) {
        throw new Error(
            `${method} ${target.slice(0, 200)}: ${answer.status} instead of ${options.expect}: ${answer.text.slice(0, 800)}`,
        );
    }
    return answer;
}

/** @param {http.Agent} [agent] @returns {(request: Request) => Promise<Response>} */
function checkedFetch(agent) {
    return async (request) => {
        const url = new URL(request.url);
        const text = request.body ? await request.text() : undefined;
        const headers = Object.fromEntries(request.headers.entries());
        const answer = await call(url.origin, request.method, url.pathname + url.search, {
            headers,
            body: text,
            agent,
        });
        const empty = answer.body.length === 0;
        return new Response(empty ? null : /** @type {any} */ (answer.body), {
            status: answer.status,
            headers: answer.headers,
        });
    };
}

/** The generated client. @param {string} base @param {string} [token] @param {http.Agent} [agent] */
export function typedClient(base, token, agent) {
    return /** @type {typeof createClient<paths, "application/json">} */ (createClient)({
        baseUrl: base,
        fetch: checkedFetch(agent),
        headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
        querySerializer: { array: { style: "form", explode: false } },
    });
}

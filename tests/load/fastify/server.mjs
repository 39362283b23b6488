// The peer fastify + pg: the search of /v1/registrants as a service in Node would do it, one process a core, each with a
// pool of connections and prepared statements. usage: server.mjs PORT PROCESSES POOL, with libpq's variables set
import cluster from "node:cluster";
import Fastify from "fastify";
import pg from "pg";
import { statement } from "../lib/sql.mjs";

const [port, processes, size] = process.argv.slice(2).map(Number);

/** A name for each text, so that PostgreSQL prepares it once a connection. @type {Map<string, string>} */
const names = new Map();

/** @param {string} text */
function nameOf(text) {
    const name = names.get(text) ?? `s${names.size}`;
    names.set(text, name);
    return name;
}

/** What stands in for the service's cursor: the last item's number and sort key. @param {string | undefined} cursor */
function after(cursor) {
    return cursor && JSON.parse(Buffer.from(cursor, "base64url").toString());
}

/** @param {Record<string, string>} query @param {any} last */
function next(query, last) {
    const key = query.sort?.replace(/^-/, "") ?? "number";
    const position = { number: last.number, [key]: last[key] };
    const cursor = Buffer.from(JSON.stringify(position)).toString("base64url");
    return `/v1/registrants?${new URLSearchParams({ ...query, cursor })}`;
}

/** Nothing for a client that has gone while it waited for a connection. */
async function answer(/** @type {pg.Pool} */ pool, /** @type {any} */ raw, /** @type {any} */ query) {
    const client = await pool.connect();
    try {
        return raw.socket.destroyed ? undefined : (await client.query(query)).rows[0];
    } finally {
        client.release();
    }
}

async function serve() {
    pg.types.setTypeParser(pg.types.builtins.INT8, Number);
    const pool = new pg.Pool({ max: size });
    const { rows } = await pool.query(
        "select max(number) as publication, max(published_at) as at from meibo.publication",
    );
    const as_of = { publication: rows[0].publication, published_at: rows[0].at };
    const app = Fastify({ logger: false });
    app.get("/ready", async () => "ready");
    app.get("/v1/registrants", async (request) => {
        const { cursor, ...query } = /** @type {Record<string, string>} */ (request.query);
        const { text, values } = statement(query, after(cursor));
        const found = await answer(pool, request.raw, { name: nameOf(text), text, values });
        if (!found) {
            return {};
        }
        const body = { as_of, total: found.total, items: found.items };
        if (found.facets) {
            Object.assign(body, { facets: found.facets });
        }
        const more = found.items.length === Number(query.limit ?? 20);
        return more ? { ...body, next: next(query, found.items.at(-1)) } : body;
    });
    await app.listen({ port, host: "127.0.0.1", backlog: 4096 });
}

if (cluster.isPrimary) {
    for (let i = 0; i < processes; i++) {
        cluster.fork();
    }
    cluster.on("exit", () => process.exit(1));
    process.on("SIGTERM", () => process.exit(0));
} else {
    process.on("disconnect", () => process.exit(0));
    await serve();
}

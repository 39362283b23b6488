// The figures as Markdown: first the bounds, then everything they are made from.
import { readFileSync } from "node:fs";
import os from "node:os";
import { spread, versionOf } from "./measure.mjs";
import { settings } from "./settings.mjs";

/** @typedef {{ contestant: string, mix: string, connections: number, runs: any[] }} Series */

// What is to be reached, by number of people.
const BOUNDS = {
    24000: { bare: 0.8, fastify: 12, groonga: 30, inside_us: 100, facets_us: 100, build_s: 0.15, memory_mb: 80 },
    1000000: { bare: 0.6, fastify: 12, groonga: 300, inside_us: 2000, facets_us: 5000, build_s: 6, memory_mb: 900 },
};
const WORST_US = 20_000;
const REBUILD_FACTOR = 2;

export function machine() {
    const cpus = os.cpus();
    return {
        system: versionOf("sh", ["-c", '. /etc/os-release; echo "$PRETTY_NAME, Linux $(uname -r)"']),
        processor: `${cpus[0].model}, ${cpus.length} cores`,
        memory_gb: Math.round(os.totalmem() / 1e9),
        postgresql: versionOf("psql", ["--version"]),
        wrk: versionOf("dpkg-query", ["-W", "-f", "${Version}", "wrk"]),
        meibo: versionOf(settings.binary, ["--help"]),
        load_average: readFileSync("/proc/loadavg", "utf8").trim(),
    };
}

/** @param {number | undefined} value */
function figure(value) {
    if (value === undefined || !Number.isFinite(value)) {
        return "-";
    }
    const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: 0 });
}

/** @param {number[]} list */
function range(list) {
    const { median, min, max } = spread(list);
    return `${figure(median)} (${figure(min)} to ${figure(max)})`;
}

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
    const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;
    return [line(head), line(head.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

/** @param {Series[]} list @param {string} contestant @param {string} mix @param {number} connections */
function find(list, contestant, mix, connections) {
    return list.find((s) => s.contestant === contestant && s.mix === mix && s.connections === connections);
}

/** The service's rate over a peer's, round by round. @param {Series[]} list @param {Series} peer */
function ratios(list, peer) {
    const own = find(list, "meibo", peer.mix, peer.connections);
    return peer.runs.map((run, i) => (own?.runs[i].rate ?? NaN) / run.rate);
}

/** A line of inside.c's input, for a table. @param {string} parameters */
function inWords(parameters) {
    return parameters.replaceAll("\t", " & ").replaceAll("|", "\\|");
}

/** @param {boolean} met */
function verdict(met) {
    return met ? "met" : "**not met**";
}

/** @param {any} size @param {any} bounds @param {string} peer @returns {string[][]} */
function ratioRow(size, bounds, peer) {
    const series = size.whole.filter((/** @type {Series} */ s) => s.contestant === peer);
    if (series.length === 0) {
        return [];
    }
    const cells = series.map((/** @type {Series} */ s) => `${s.connections}: ${range(ratios(size.whole, s))}`);
    const met = series.filter((/** @type {Series} */ s) => spread(ratios(size.whole, s)).median >= bounds[peer]);
    const counts = met.map((/** @type {Series} */ s) => s.connections).join(", ");
    const words =
        met.length === series.length
            ? "met"
            : met.length === 0
              ? "**not met**"
              : `met at ${counts}, **not met** elsewhere`;
    return [[`requests/s against ${peer}, at connections`, `≥ ${bounds[peer]}`, cells.join("<br>"), words]];
}

/** @param {any} size @param {any} bounds @returns {string[][]} */
function insideRows(size, bounds) {
    if (!size.inside) {
        return [["time inside", "", "not measured: no tests/load/inside for this binary", ""]];
    }
    const { mix, facets, queries } = size.inside;
    const hasFacets = size.totals.some((/** @type {any} */ row) => row.class === "facets");
    const worst = queries.reduce((/** @type {any} */ a, /** @type {any} */ b) => (b.p99_us > a.p99_us ? b : a));
    return [
        [
            `processor time per query inside, p99 over the mix without facets, µs (by the wall clock ${figure(mix.wall_p99_us)})`,
            `≤ ${bounds.inside_us}`,
            figure(mix.p99_us),
            verdict(mix.p99_us <= bounds.inside_us),
        ],
        [
            `the same over the queries with facets (by the wall clock ${figure(facets.wall_p99_us)})`,
            `≤ ${bounds.facets_us}`,
            figure(facets.p99_us),
            hasFacets ? verdict(facets.p99_us <= bounds.facets_us) : "not measured",
        ],
        [
            `dearest query (${worst.class}: ${inWords(worst.query)}), p99, µs`,
            `≤ ${WORST_US}`,
            figure(worst.p99_us),
            verdict(worst.p99_us <= WORST_US),
        ],
    ];
}

/** @param {any} size @param {any} bounds @returns {string[][]} */
function ownRows(size, bounds) {
    const build = spread(size.rebuild.builds).median;
    const memory = size.memory.loaded.now;
    const rows = [
        [
            "edition build from the database, s",
            `≤ ${bounds.build_s}`,
            range(size.rebuild.builds),
            verdict(build <= bounds.build_s),
        ],
        [
            `resident memory after the mix, MB (highest then ${figure(size.memory.loaded.highest)}, during rebuilds ${figure(size.memory.afterwards.highest)})`,
            `≤ ${bounds.memory_mb}`,
            figure(memory),
            verdict(memory <= bounds.memory_mb),
        ],
    ];
    for (const { connections, rest, during } of size.rebuild.results) {
        const factors = during.map((/** @type {any} */ run, /** @type {number} */ i) => run.p99 / rest[i].p99);
        const met = spread(factors).median <= REBUILD_FACTOR;
        rows.push([
            `p99 during rebuilds over p99 at rest, ${connections} connections`,
            `≤ ${REBUILD_FACTOR}`,
            range(factors),
            verdict(met),
        ]);
    }
    return rows;
}

/** @param {any} size */
function boundsTable(size) {
    const bounds = /** @type {any} */ (BOUNDS)[size.people];
    if (!bounds) {
        return "No bounds are set for this size.";
    }
    const rows = ["bare", "fastify", "groonga"].flatMap((peer) => ratioRow(size, bounds, peer));
    return table(
        ["figure", "bound", "measured: median (least to most)", "verdict"],
        [...rows, ...insideRows(size, bounds), ...ownRows(size, bounds)],
    );
}

/** @param {Series[]} list @param {string} what */
function loadTable(list, what) {
    const rows = list.map((s) => {
        const failed = s.runs.reduce((sum, run) => sum + run.failed, 0);
        const own = s.contestant === "meibo" ? "" : range(ratios(list, s));
        const each = (/** @type {string} */ name, divisor = 1) => range(s.runs.map((run) => run[name] / divisor));
        return [
            `${s.mix} ${s.contestant}`,
            String(s.connections),
            each("rate"),
            each("p50", 1000),
            each("p99", 1000),
            own,
            String(failed),
        ];
    });
    return table([what, "connections", "requests/s", "p50 ms", "p99 ms", "meibo is faster by", "failed"], rows);
}

/** @param {any} size */
function totalsTable(size) {
    const names = ["meibo", ...settings.peers.filter((p) => p === "pgbench" || p === "groonga")];
    const rows = size.totals.map((/** @type {any} */ row) => [
        row.class,
        row.query.replaceAll("|", "\\|"),
        figure(row.bytes),
        ...names.map((name) => (row.totals[name] === undefined ? "left out" : figure(row.totals[name]))),
    ]);
    return table(["class", "query", "bytes of meibo's answer", ...names.map((n) => `hits, ${n}`)], rows);
}

/** @param {any} size */
function insideTable(size) {
    const rows = size.inside.queries.map((/** @type {any} */ q) => [
        q.class,
        inWords(q.query),
        ...[q.p50_us, q.p99_us, q.write_p50_us, q.write_p99_us, q.wall_p99_us].map(figure),
    ]);
    const head = ["class", "query", "p50 µs", "p99 µs", "of which writing p50", "p99", "p99 by the wall"];
    return table(head, rows);
}

/** @param {any} size */
function sizeReport(size) {
    const left = size.unknown.map((/** @type {any} */ e) => `${e.class}: ${e.query}`).join("; ");
    const skipped = size.totals
        .filter((/** @type {any} */ t) => t.without)
        .map(
            (/** @type {any} */ t) =>
                `${t.query} (${Object.entries(t.without)
                    .map((w) => w.join(": "))
                    .join(", ")})`,
        );
    return [
        `## ${size.people.toLocaleString("en")} people`,
        boundsTable(size),
        left && `Left out because this binary does not know their parameters: ${left}.`,
        `### The mix\n\nMix \`any\` is all ${size.totals.length} queries; a mix named after a language is what that language can say, and the service is measured on the same. Not asked of SQL: ${skipped.join("; ") || "nothing"}.`,
        loadTable(size.whole, "mix, contestant"),
        "### Class by class",
        loadTable(size.classes, "class, contestant"),
        "### What is found\n\nWhere hits differ the peer folds in its own way or cannot ask the same: see tests/load/lib/groonga.mjs and sql.mjs. fastify runs pgbench's SQL.",
        totalsTable(size),
        size.inside
            ? `### Time inside\n\nquery_people() and the writing of the page's people (tests/load/inside.c), in processor time of its thread.\n\n${insideTable(size)}`
            : "",
    ]
        .filter(Boolean)
        .join("\n\n");
}

/** @param {any} result */
export function writeReport(result) {
    const { machine: m, sizes } = result;
    const { rounds, seconds, classRounds, classSeconds } = settings;
    return [
        "# meibo beside its alternatives",
        `${result.began} to ${result.ended}, ${m.system}, ${m.processor}, ${m.memory_gb} GB; ${m.postgresql}; wrk ${m.wrk}; ${m.meibo}. Load average at the end: ${m.load_average}.`,
        `Medians of ${rounds} alternating runs of ${seconds} s (classes: ${classRounds} of ${classSeconds} s) with least and most; ratios are of the runs of one round. The load generator shares the cores with the server, everything on loopback, no answer from a cache. A run of a slow peer counts only the requests that ended within it.`,
        "How each is configured:",
        Object.entries(sizes[0].configurations)
            .map(([name, text]) => `- ${name}: ${text}`)
            .join("\n"),
        ...sizes.map(sizeReport),
        "",
    ].join("\n\n");
}

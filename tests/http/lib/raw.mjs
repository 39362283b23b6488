// A client without manners: bytes on a socket, and what comes back, parsed by nobody but us.
import net from "node:net";
import { until, within } from "./wait.mjs";
import { check } from "./contract.mjs";

/** @typedef {{ status: number, version: string, headers: Record<string, string>, names: string[], body: Buffer, text: string }} RawAnswer */

export class Raw {
    /** @param {net.Socket} socket */
    constructor(socket) {
        this.socket = socket;
        this.buffer = Buffer.alloc(0);
        this.ended = false;
        socket.setNoDelay(true);
        socket.on("data", (chunk) => (this.buffer = Buffer.concat([this.buffer, chunk])));
        socket.on("error", () => (this.ended = true));
        socket.on("end", () => (this.ended = true));
        socket.on("close", () => (this.ended = true));
    }

    /** @param {string} base @param {string} [host] another address of the same port @returns {Promise<Raw>} */
    static open(base, host) {
        const { hostname, port } = new URL(base);
        return new Promise((resolve, reject) => {
            const socket = net.connect({ host: host ?? hostname, port: Number(port), allowHalfOpen: true });
            socket.once("connect", () => resolve(new Raw(socket)));
            socket.once("error", reject);
        });
    }

    /** @param {string | Buffer} bytes */
    send(bytes) {
        this.socket.write(bytes);
        return this;
    }

    /** The next answer; of a HEAD request only its head. @param {{ head?: boolean, deadlineMs?: number }} [options] @returns {Promise<RawAnswer>} */
    async answer(options = {}) {
        const take = () => this.#take(options.head ?? false);
        return /** @type {RawAnswer} */ (
            await until(
                `an answer; so far: ${this.buffer.toString("latin1").slice(0, 300)}`,
                () => {
                    const whole = take();
                    if (!whole && this.ended) {
                        throw new Error("closed without an answer");
                    }
                    return whole;
                },
                options.deadlineMs ?? 10_000,
            )
        );
    }

    /** @param {boolean} head @returns {RawAnswer | undefined} */
    #take(head) {
        const end = this.buffer.indexOf("\r\n\r\n");
        if (end < 0) {
            return undefined;
        }
        const [first, ...lines] = this.buffer.subarray(0, end).toString("latin1").split("\r\n");
        const pairs = lines.map(
            (line) =>
                /** @type {[string, string]} */ ([
                    line.slice(0, line.indexOf(":")).toLowerCase(),
                    line.slice(line.indexOf(":") + 1).trim(),
                ]),
        );
        const headers = Object.fromEntries(pairs);
        const status = Number(first.split(" ")[1]);
        const length =
            head || status === 204 || status === 304 || status < 200 ? 0 : Number(headers["content-length"] ?? 0);
        const from = end + 4;
        if (this.buffer.length < from + length) {
            return undefined;
        }
        const body = Buffer.from(this.buffer.subarray(from, from + length));
        this.buffer = this.buffer.subarray(from + length);
        return {
            status,
            version: first.split(" ")[0],
            headers,
            names: pairs.map(([name]) => name),
            body,
            text: body.toString("utf8"),
        };
    }

    /** Sends, and waits until the bytes have left. @param {Buffer} bytes */
    async sendAndDrain(bytes) {
        if (!this.socket.write(bytes)) {
            await new Promise((resolve) => {
                this.socket.once("drain", () => resolve(undefined));
                this.socket.once("close", () => resolve(undefined));
            });
        }
    }

    /** Resolves when the other side has closed. @param {number} [deadlineMs] */
    async closed(deadlineMs = 10_000) {
        await until("the connection is closed", () => this.ended, deadlineMs);
        this.socket.destroy();
    }

    /** Cuts the connection with a TCP reset. */
    reset() {
        this.socket.resetAndDestroy();
    }

    close() {
        this.socket.destroy();
    }
}

/**
 * Sends bytes on a connection of their own and takes the first answer, which is held to the contract.
 * @param {string} base @param {string | Buffer} bytes @param {{ method?: string, target?: string }} [asked]
 */
export async function sent(base, bytes, asked = {}) {
    const raw = await Raw.open(base);
    try {
        raw.send(bytes);
        const answer = await within("an answer", raw.answer(), 12_000);
        check({ method: asked.method ?? "GET", target: asked.target ?? "/", headers: {} }, answer, { unlisted: true });
        return answer;
    } finally {
        raw.close();
    }
}

// Generates the client's types from openapi.yaml into build/http-types and checks the tests against them with tsc, so
// that a change of the contract that would break a generated client breaks this build.
import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { contractPath } from "./contract.mjs";

const output = fileURLToPath(new URL("../../../build/http-types/", import.meta.url));
const here = fileURLToPath(new URL("../", import.meta.url));

export async function generateTypes() {
    const ast = await openapiTS(pathToFileURL(contractPath));
    await mkdir(output, { recursive: true });
    await writeFile(`${output}openapi.d.ts`, astToString(ast));
    await writeFile(`${output}package.json`, `{"type":"module"}\n`);
}

/** @returns {Promise<{ code: number, text: string }>} */
export function checkTypes() {
    const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
    return new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [tsc, "--noEmit", "-p", here], { stdio: ["ignore", "pipe", "inherit"] });
        let text = "";
        child.stdout.on("data", (chunk) => (text += chunk));
        child.on("error", reject);
        child.on("close", (code) => resolve({ code: code ?? 1, text }));
    });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    await generateTypes();
    const { code, text } = await checkTypes();
    process.stdout.write(text);
    process.exitCode = code;
}

// first_view.mjs DATELINE STORE [ROUNDS] - how long the start page takes in Debian's Chromium until all of it is drawn, over a store of any size (bench/monitor_scale.py
// makes large ones). Waits until the server has all happenings, then opens the page ROUNDS times (5), each time in a browser that has kept nothing; the first
// time the server has kept no answer either. Needs web/node_modules (tools/web-setup). Prints milliseconds of wall time: the first words, and the whole.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

const [, , dateline, store, rounds = "5"] = process.argv;
const require = createRequire(path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../web/node_modules/package.json"));
const { chromium } = require("playwright-core");

const server = spawn(dateline, ["serve", "--store", store, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
const base = await new Promise((done) => server.stdout.once("data", (line) => done(String(line).trim().split("\n")[0])));
try {
    for (;;) {
        const meta = await (await fetch(`${base}api/v1/meta`)).json();
        if (!meta.incomplete && !meta.generation.startsWith("0.")) break;
        await new Promise((done) => setTimeout(done, 200));
    }
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
    for (let round = 1; round <= Number(rounds); round++) {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
        const page = await context.newPage();
        await page.goto(`${base}#/overview`, { waitUntil: "commit" });
        await page.waitForFunction(() => document.querySelector("main")?.dataset.address === location.hash && !document.querySelector("main .skeleton"));
        const [first, whole, bytes] = await page.evaluate(() => [
            performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
            performance.now(),
            performance.getEntriesByType("resource").reduce((sum, one) => sum + one.transferSize, 0),
        ]);
        console.log(`round ${round}: first words ${first.toFixed(0)} ms, whole view ${whole.toFixed(0)} ms, ${(bytes / 1024).toFixed(0)} KiB`);
        await context.close();
    }
    await browser.close();
} finally {
    server.kill("SIGTERM");
}

// harness.mjs - the example store, a server over it, and a browser that reports whatever leaves the origin.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

const [, , DATELINE, ROOT] = process.argv;
export const root = path.resolve(ROOT);
const modules = path.join(root, "web/node_modules");
const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

/** Exit 77 tells ctest that the test was skipped. */
if (!browserPath || !existsSync(path.join(modules, "playwright-core"))) {
    console.log(`skipped: ${browserPath ? "web/node_modules is not there; run tools/web-setup" : "no Chromium (Debian: chromium)"}`);
    process.exit(77);
}
const require = createRequire(path.join(modules, "package.json"));
export const { chromium } = require("playwright-core");
export const axeSource = require("axe-core").source;

export const folder = mkdtempSync(path.join(tmpdir(), "dateline-web-"));
export const store = path.join(folder, "news.store");

/** What the command prints, each line of NDJSON as an object; `ok` codes beside 0 are no failure. */
export function dateline(...args) {
    try {
        return execFileSync(DATELINE, args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
            .split("\n")
            .filter((line) => line.startsWith("{"))
            .map((line) => JSON.parse(line));
    } catch (error) {
        if (error.status === 1) return []; // nothing found
        throw error;
    }
}

/** A page of the test's own: its title is markup that must stay text. */
export const HOSTILE = '<script>window.broken = 1</script><img src=x onerror=window.broken=2> & "quotes"';

/** A word that no line holds. */
export const LONG = `Unterhaltungs${"verwaltungs".repeat(24)}amt`;

/** Pages that come as pages do: markup in a title, text from right to left, endless words, nothing but a text. */
const PAGES = [
    {
        id: "hostile",
        title: HOSTILE,
        published: "2025-08-14",
        url: "javascript:alert(1)",
        text: "Gunmen killed three <b>guards</b> in Port Sudan on Thursday, <script>window.broken = 3</script> the governor said.",
    },
    {
        id: "rtl",
        title: "مقتل أربعة حراس في بورتسودان",
        site: "صحيفة الميناء",
        published: "2025-08-15",
        text: "قال الحاكم إن أربعة حراس قتلوا. Gunmen killed four guards in Port Sudan on Friday, the governor said.",
    },
    {
        id: "long",
        title: `${LONG} ${LONG}`,
        site: LONG,
        published: "2025-10-08",
        text: `Shelling killed two people in Omdurman on Tuesday, the ${LONG} said. Talks between the Sudanese army and the Rapid Support Forces resumed in Geneva on Tuesday.`,
    },
    { id: "bare", text: "Gunmen killed six people in El Fasher, residents said. The army rejected a ceasefire." },
];

export function makeStore() {
    const page = path.join(folder, "hostile.ndjson");
    writeFileSync(page, PAGES.map((one) => `${JSON.stringify(one)}\n`).join(""));
    dateline("add", "--store", store, "--now", "2025-12-01T00:00:00Z", "examples/", "tests/monitor/pages/", page);
}

/** Starts a server; {base, stop}. */
export function serve(...options) {
    const child = spawn(DATELINE, ["serve", "--store", store, "--listen", "127.0.0.1:0", ...options], {
        cwd: root,
        stdio: ["ignore", "pipe", "inherit"],
    });
    return new Promise((done, fail) => {
        child.stdout.once("data", (line) => done({ base: String(line).trim().split("\n")[0], stop: () => child.kill("SIGTERM") }));
        child.once("exit", (code) => fail(new Error(`dateline serve ended with ${code}`)));
    });
}

export const cleanUp = () => rmSync(folder, { recursive: true, force: true });

export const launch = () => chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu", "--lang=en-GB"] });

/** A page that counts clicks, and keeps what it asks of other origins and what goes wrong in it. */
export async function open(browser, base, options = {}) {
    const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale: "en-GB",
        timezoneId: "Europe/Warsaw",
        acceptDownloads: true,
        ...options,
    });
    const page = await context.newPage();
    const seen = { strange: [], errors: [], clicks: 0 };
    page.on("request", (request) => {
        if (!request.url().startsWith(base) && !/^(blob|data):/.test(request.url())) seen.strange.push(request.url());
    });
    page.on("pageerror", (error) => seen.errors.push(error.message));
    page.on("console", (message) => {
        if (message.type() === "error") seen.errors.push(message.text());
    });
    const go = async (hash) => {
        await page.goto(`${base}#/${hash}`);
        await settled(page);
    };
    const click = async (locator) => {
        seen.clicks++;
        await locator.click();
        await settled(page);
    };
    return { page, context, seen, go, click };
}

/** The view that the address asks for is drawn, and nothing in it is loading. */
export const drawn = (page) =>
    page.waitForFunction(() => document.querySelector("main").dataset.address === location.hash && !document.querySelector(".skeleton"));

/** And no request is on its way. */
export async function settled(page) {
    await drawn(page);
    await page.waitForLoadState("networkidle");
}

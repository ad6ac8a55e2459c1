import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Command as Program } from "commander";
import { afterEach, beforeEach, expect, test } from "vitest";
import { root } from "../project.ts";
import { checkPage } from "./docs.ts";

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "sojourn-docs-test-"));
  write("package.json", JSON.stringify({ scripts: { test: "true", bench: "true" }, exports: {} }));
  write(
    "src/cli/main.ts",
    'console.log(process.argv.slice(2).join(" "), process.env["SOJOURN_RUNS"]);\nif (process.argv[3] === "fail") { console.error("no such question"); process.exit(1); }',
  );
  symlinkSync(join(root, "node_modules"), join(base, "node_modules"));
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), text);
}

function buildProgram(): Program {
  const program = new Program("sojourn");
  const throws = () => {
    throw new Error("a command was run while it was only to be parsed");
  };
  program.command("ask").argument("<question>").option("--width <n>").action(throws);
  return program;
}

async function offences(text: string): Promise<string[]> {
  write("docs/page.md", text);
  const found = await checkPage("docs/page.md", { base, buildProgram });
  return found.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

function block(script: string, info = "sh"): string {
  return `\`\`\`${info}\n${script}\n\`\`\`\n`;
}

test("links to files, headings and the web are accepted", async () => {
  write("README.md", "# One open o1: `look` inside\n\n## Twice\n## Twice\n");
  const links = "[a](../README.md#one-open-o1-look-inside) [b](#here) [c](https://example.org/x) [d](..)";
  expect(await offences(`## Here\n${links} [e](../README.md#twice-1)\n`)).toEqual([]);
});

test("a link to a missing file or heading is an offence at its line", async () => {
  write("README.md", "# Sojourn\n");
  expect(await offences("[a](gone.md)\n[b](../README.md#gone)\n![c](gone.png)\n[d](/etc/passwd)\n")).toEqual([
    "docs/page.md:1 link gone.md points at nothing: mend the path or remove it",
    "docs/page.md:2 link ../README.md#gone: no such heading, there are #sojourn",
    "docs/page.md:3 link gone.png points at nothing: mend the path or remove it",
    "docs/page.md:4 link /etc/passwd leaves the project: make it relative",
  ]);
});

test("what looks like a link inside code is none", async () => {
  expect(await offences("`[a](gone.md)`\n\n```md\n[b](gone.md)\n```\n")).toEqual([]);
});

test("commands that do not exist are offences at their lines", async () => {
  const script = [
    "npm ci && npm run biuld",
    'npx sojourn ask "Is 9.11 or 9.7 larger?" --wide 3 \\',
    "  | cat",
    "# npm run comment",
    "node gone.mjs; npx gone --version",
    "npm run bench -- gone",
  ].join("\n");
  expect(await offences(block(script, "sh long"))).toEqual([
    "docs/page.md:2 package.json has no script biuld: it has test, bench",
    "docs/page.md:3 sojourn ask Is 9.11 or 9.7 larger? --wide 3: error: unknown option '--wide' (Did you mean --width?)",
    "docs/page.md:6 there is no file gone.mjs",
    "docs/page.md:6 npx gone: no such program is installed",
    "docs/page.md:7 there is no bench/gone.bench.ts",
  ]);
});

test("quotes, assignments, redirections and here-documents are understood", async () => {
  const script =
    "cat > a.yaml <<EOF\nsojourn gone\nEOF\nWIDTH=3 sojourn ask 'it'\\''s; fine' --width 3 > out 2>&1";
  expect(await offences(block(script, "sh long"))).toEqual([]);
});

test("an unmarked block is run, with its own folder for files and runs", async () => {
  const script =
    'npm test\nnpx sojourn ask "x" > out.txt\ngrep -q "ask x .*/runs" out.txt\ntest -f src/cli/main.ts';
  expect(await offences(block(script) + block("test -f out.txt"))).toEqual([]);
});

test("a block that fails is an offence with the last of what it said", async () => {
  expect(await offences(block("sojourn ask fail"))).toEqual([
    "docs/page.md:2 this block fails: exit code 1: no such question",
  ]);
});

test("a block cannot reach the network unless it is marked, and then it is not run", async () => {
  write("fetch.mjs", 'await fetch("http://192.0.2.1/").catch((error) => { throw error.cause; });');
  expect((await offences(block("node fetch.mjs")))[0]).toContain("192.0.2.1 is out of reach");
  expect(await offences(block("node fetch.mjs", "sh network"))).toEqual([]);
});

test("shell blocks must be called sh, with marks that are known", async () => {
  expect(await offences(block("true", "bash") + block("true", "sh slow"))).toEqual([
    "docs/page.md:2 a bash block is not checked: call it sh",
    'docs/page.md:5 unknown mark "slow": use long or network',
  ]);
});

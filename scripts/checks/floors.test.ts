import { expect, test } from "vitest";
import { checkFloors } from "./floors.ts";

function offences(path: string, text: string): string[] {
  return checkFloors([{ path, text }]).map(({ file, line, message }) => `${file}:${line} ${message}`);
}

test("a room may import from itself, from a room below and from packages", () => {
  const text = 'import "./beam.ts";\nimport "../thought/tree.ts";\nimport "zod";\nimport "node:fs";\n';
  expect(offences("src/search/driver.ts", text)).toEqual([]);
});

test.each([
  ["an import", 'import { x } from "../models/client.ts";'],
  ["a type import", 'import type { X } from "../models/client.ts";'],
  ["a re-export", 'export * from "../models/client.ts";'],
  ["a dynamic import", 'const client = await import("../models/client.ts");'],
  ["an import type", 'let client: import("../models/client.ts").Client;'],
  ["an import by the package's own name", 'import { x } from "sojourn/models";'],
])("%s from a room above is an offence", (_, text) => {
  expect(offences("src/runs/log.ts", `\n${text}\n`)).toEqual([
    "src/runs/log.ts:2 runs must not import from models, a room above it: move the shared part down",
  ]);
});

test("tests keep to the order of rooms too", () => {
  expect(offences("src/runs/log.test.ts", 'import "../cli/main.ts";')).toHaveLength(1);
});

test("only src/index.ts may gather the rooms, and no room imports it", () => {
  expect(offences("src/index.ts", 'export * from "./cli/index.ts";')).toEqual([]);
  expect(offences("src/cli/main.ts", 'import "../index.ts";')).toEqual([
    "src/cli/main.ts:1 imports src/index.ts: import from the room instead",
  ]);
});

test("a file outside the rooms is an offence", () => {
  expect(offences("src/util.ts", "")).toEqual(["src/util.ts:1 lies in no room: move it into src/<room>/"]);
  expect(offences("src/tools/a.ts", "")[0]).toContain('"tools" is no room');
});

test("names of files and folders are kebab-case, whatever the kind of file", () => {
  expect(offences("src/search/best-of-n.test.ts", "")).toEqual([]);
  expect(offences("src/search/bestOfN.ts", "")).toEqual([
    'src/search/bestOfN.ts:1 "bestOfN.ts" is not kebab-case: rename it',
  ]);
  expect(offences("src/search/Prompts/step.txt", "")[0]).toContain('"Prompts" is not kebab-case');
});

test.each([
  ["function", "export function grow() {}"],
  ["class", "export class Grow {}"],
  ["interface", "export interface Grow {}"],
  ["type", "export type Grow = string;"],
  ["constant", "export const grow = 1;"],
  ["listed function", "function grow() {}\nexport { grow };"],
])("an exported %s needs a docblock", (_, text) => {
  expect(offences("src/search/grow.ts", text)).toHaveLength(1);
  expect(offences("src/search/grow.ts", `// Not a docblock.\n${text}`)).toHaveLength(1);
  expect(offences("src/search/grow.ts", `/** Grows. */\n${text}`)).toEqual([]);
});

test("an empty docblock is no docblock", () => {
  expect(offences("src/search/grow.ts", "/** */\nexport const grow = 1;")).toHaveLength(1);
});

test("a schema and the type inferred from it share one docblock", () => {
  const text = "export const node = z.object({});\nexport type Node = z.infer<typeof node>;";
  expect(offences("src/search/node.ts", `/** A node. */\n${text}`)).toEqual([]);
  expect(offences("src/search/node.ts", text)).toHaveLength(2);
});

test("a constant and a type of one name share one docblock", () => {
  const text = "/** A node. */\nexport const Node = 1;\nexport type Node = string;";
  expect(offences("src/search/node.ts", text)).toEqual([]);
});

test("what is private, exported again or in a test needs no docblock", () => {
  expect(offences("src/search/grow.ts", 'const grow = 1;\nexport { beam } from "./beam.ts";')).toEqual([]);
  expect(offences("src/search/grow.test.ts", "export const grow = 1;")).toEqual([]);
});

test("a file of 400 lines is the longest allowed", () => {
  expect(offences("src/search/long.ts", "\n".repeat(400))).toEqual([]);
  expect(offences("src/search/long.ts", "\n".repeat(401))).toEqual([
    "src/search/long.ts:401 has 401 lines, more than 400: split it by concept",
  ]);
});

test("the lowest room does no input or output and has no clock or chance of its own", () => {
  const text = '// Math.random() is not for here.\nimport fs from "node:fs";\nconst now = Date.now();\n';
  expect(offences("src/thought/tree.ts", text)).toEqual([
    "src/thought/tree.ts:2 thought is pure but uses node:fs: take the value as an argument",
    "src/thought/tree.ts:3 thought is pure but uses Date.now: take the value as an argument",
  ]);
  expect(offences("src/thought/tree.test.ts", text)).toEqual([]);
});

test("the studio imports its own files, packages, the folds and the schemas of replies, and nothing else", () => {
  const allowed = ["./shell.tsx", "react", "d3/x.js", "sojourn/thought", "sojourn/schemas/ask-schema.ts"];
  const text = allowed.map((name) => `import "${name}";`).join("\n");
  expect(offences("studio/src/app.tsx", text)).toEqual([]);
  for (const name of [
    "sojourn/runs",
    "../../src/runs/log.ts",
    "sojourn/schemas/ask-api.ts",
    "node:fs",
    "sojourn",
  ])
    expect(offences("studio/src/app.tsx", `import "${name}";`), name).toHaveLength(1);
  expect(offences("studio/src/app.tsx", "export const x = 1;")[0]).toContain("has no docblock");
});

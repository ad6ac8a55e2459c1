import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { filesBelow, root } from "../project.ts";
import { undocumentedExports } from "./docblocks.ts";
import { importsOf, parseSource } from "./imports.ts";
import { type Offence, report } from "./offence.ts";

/** The rooms of `src/`, lowest first: a room imports only from itself and from rooms before it. */
export const rooms: readonly string[] = [
  "thought",
  "problems",
  "runs",
  "nano",
  "models",
  "rewards",
  "search",
  "strategies",
  "evaluate",
  "train",
  "journey",
  "server",
  "cli",
];

const longestFile = 400;
const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const clocksAndChance = /\b(Date\.now|new Date\(\)|performance\.now|Math\.random|process\.\w+|fetch\()/;

/** What the studio may import: its own files, packages, the pure folds, and the schemas of the server's replies. */
const STUDIO_IMPORTS =
  /^(?:studio\/src\/|src\/thought\/index\.ts$|sojourn\/schemas\/[\w-]+-schema\.ts$|(?!src\/|sojourn\/|node:|\.))/;

/** A file of `src/` or of the studio as the floors see it. */
export interface SourceFile {
  /** Path relative to the project's root, with forward slashes: `src/search/beam.ts`. */
  path: string;
  /** Its whole text. */
  text: string;
}

/** All offences of these files against the floors, in the order of the files. */
export function checkFloors(files: readonly SourceFile[]): Offence[] {
  return files.flatMap((file) => [...checkPlace(file), ...(isTypeScript(file.path) ? checkCode(file) : [])]);
}

function checkPlace({ path }: SourceFile): Offence[] {
  const offences: Offence[] = [];
  const segments = path.split("/").slice(1);
  for (const segment of segments.filter((name) => !kebabCase.test(name) && name !== "__snapshots__"))
    offences.push({ file: path, line: 1, message: `"${segment}" is not kebab-case: rename it` });
  if (isStudio(path)) return offences;
  const room = roomOf(path);
  if (room === undefined && path !== "src/index.ts")
    offences.push({ file: path, line: 1, message: "lies in no room: move it into src/<room>/" });
  if (room !== undefined && !rooms.includes(room))
    offences.push({ file: path, line: 1, message: `"${room}" is no room: use one of ${rooms.join(", ")}` });
  return offences;
}

function checkCode({ path, text }: SourceFile): Offence[] {
  const source = parseSource(path, text);
  const offences: Offence[] = [];
  const offend = (line: number, message: string) => offences.push({ file: path, line, message });

  const room = roomOf(path);
  if (room !== undefined && rooms.includes(room))
    for (const { target, line } of importsOf(source, path)) {
      const below = roomOf(target);
      if (below === undefined) {
        if (target.startsWith("src/")) offend(line, "imports src/index.ts: import from the room instead");
      } else if (rooms.indexOf(below) > rooms.indexOf(room))
        offend(line, `${room} must not import from ${below}, a room above it: move the shared part down`);
    }

  if (isStudio(path))
    for (const { target, line } of importsOf(source, path))
      if (!STUDIO_IMPORTS.test(target) && !(isTest(path) && target.startsWith("node:")))
        offend(
          line,
          "the studio shares src/thought and the schemas of replies alone: ask the server instead",
        );

  const lines = text.split("\n");
  const length = lines.at(-1) === "" ? lines.length - 1 : lines.length;
  if (length > longestFile)
    offend(longestFile + 1, `has ${length} lines, more than ${longestFile}: split it by concept`);

  if (isTest(path)) return offences;
  for (const { name, line } of undocumentedExports(source))
    offend(line, `export "${name}" has no docblock: say what it means, its units, defaults and errors`);
  if (room === "thought") offences.push(...impurities(path, lines));
  return offences;
}

/** The lowest room does no input or output and has no clock and no randomness of its own. */
function impurities(path: string, lines: readonly string[]): Offence[] {
  return lines.flatMap((text, index) => {
    if (/^\s*(\*|\/\/|\/\*)/.test(text)) return [];
    const found = /from "node:\w+/.exec(text)?.[0].slice(6) ?? clocksAndChance.exec(text)?.[0];
    const message = `thought is pure but uses ${found}: take the value as an argument`;
    return found === undefined ? [] : [{ file: path, line: index + 1, message }];
  });
}

function isStudio(path: string): boolean {
  return path.startsWith("studio/src/");
}

function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

function isTypeScript(path: string): boolean {
  return /\.tsx?$/.test(path);
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const paths = [...filesBelow("src"), ...filesBelow("studio/src")];
  const files = paths.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
  report(checkFloors(files), `${files.length} files keep to the floors`);
}

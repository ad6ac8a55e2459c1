import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { InputError } from "../../thought/errors.ts";

/** A folder that was found, and what lies in it. */
export interface FoundFolder {
  /** How it is called over the wire: the name of the folder that was looked into, and the way from there. */
  id: string;
  /** Where it is. */
  path: string;
  /** The names of its files; neither folders nor links. */
  files: ReadonlySet<string>;
}

/** Folders of runs, whose ids begin with their time: there may be a million of them, and the store knows them. */
const RUN = /^\d{8}-\d{6}-/;
/** What holds nothing to show: the store's files, checkpoints, packages, and what is hidden. */
const PASSED_OVER = /^(?:[._].*|checkpoints|beginning|node_modules)$/;
const DEEPEST = 6;
const MOST_FOLDERS = 5_000;
/** How long what was found holds. */
const FRESH_MS = 1_000;

/**
 * The folders that the studio looks into beside the runs: what lies there is known by its files, wherever it is. Only what was
 * found can be asked for, and links are not followed, so that no request leaves these folders.
 */
export class Workplace {
  readonly #roots: readonly string[];
  readonly #clock: () => number;
  #found: Promise<FoundFolder[]> | undefined;
  #foundAt = 0;

  /** @param roots absolute; they need not exist */
  constructor(roots: readonly string[], clock: () => number = Date.now) {
    this.#roots = roots;
    this.#clock = clock;
  }

  /** All folders. */
  folders(): Promise<FoundFolder[]> {
    if (this.#found === undefined || this.#clock() - this.#foundAt > FRESH_MS) {
      this.#foundAt = this.#clock();
      this.#found = lookInto(this.#roots);
    }
    return this.#found;
  }

  /** One folder by its id. Throws an InputError where none of that name was found. */
  async folder(id: string): Promise<FoundFolder> {
    const found = (await this.folders()).find((one) => one.id === id);
    if (found === undefined)
      throw new InputError(`there is no folder ${id} where the studio looks; see --look`);
    return found;
  }
}

async function lookInto(roots: readonly string[]): Promise<FoundFolder[]> {
  const found: FoundFolder[] = [];
  let level = roots.map((path) => ({ id: basename(path), path }));
  for (let depth = 0; depth <= DEEPEST && found.length < MOST_FOLDERS; depth++) {
    const next: typeof level = [];
    for (const { id, path } of level) {
      const entries = await entriesOf(path);
      found.push({ id, path, files: new Set(entries.flatMap((one) => (one.isFile() ? [one.name] : []))) });
      for (const { name } of entries.filter((one) => one.isDirectory()))
        if (!RUN.test(name) && !PASSED_OVER.test(name))
          next.push({ id: `${id}/${name}`, path: join(path, name) });
    }
    level = next.slice(0, MOST_FOLDERS - found.length);
  }
  return found;
}

async function entriesOf(path: string): Promise<Dirent[]> {
  return readdir(path, { withFileTypes: true }).catch(() => []);
}

import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const lineSchema = z.object({ cell: z.string(), run: z.string() });

/** In an experiment's folder: which run each cell has. */
const FILE = "cells.jsonl";

/** The runs of an experiment's cells so far; a line that a crash tore off is passed over, and its cell begun anew. */
export function readCellRuns(folder: string): Map<string, string> {
  const path = join(folder, FILE);
  if (!existsSync(path)) return new Map();
  const lines = readFileSync(path, "utf8").split("\n");
  const complete = lines.slice(0, -1).flatMap((line) => {
    try {
      return [lineSchema.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
  return new Map(complete.map(({ cell, run }) => [cell, run]));
}

/** Remembers the run of a cell, before any work is done in it. */
export function rememberCellRun(folder: string, cell: string, run: string): void {
  const path = join(folder, FILE);
  const torn = existsSync(path) && !/(?:^|\n)$/.test(readFileSync(path, "utf8"));
  appendFileSync(path, `${torn ? "\n" : ""}${JSON.stringify({ cell, run })}\n`);
}

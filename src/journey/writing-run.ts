import { join } from "node:path";
import { z } from "zod";
import { readManifest } from "../runs/manifest.ts";
import { createRun, resumeRun } from "../runs/open-run.ts";
import { listRuns } from "../runs/run-folder.ts";
import type { RunLog } from "../runs/run-log.ts";
import type { ThinkRequest } from "../strategies/think-request.ts";
import { InputError } from "../thought/errors.ts";

/** What a writer is asked for: kept beside what it wrote, so that only the same request goes on with it. */
export interface WritingRequest {
  command: string;
  /** Everything that decides what is written; plain JSON. */
  request: unknown;
  writer: ThinkRequest;
  seed: number;
}

/** The folder, beside the data sets, of the run that holds a writer's calls. */
const WRITING = "writing";

/**
 * Does some work in the run that holds the writer's calls of a folder of data sets: the one that is there, whose finished
 * calls are not made again, or a new one.
 *
 * @throws InputError where the folder holds the writing of another request
 */
export async function withWriting<Result>(
  out: string,
  { command, request, writer, seed }: WritingRequest,
  work: (run: RunLog) => Promise<Result>,
): Promise<Result> {
  refuseOtherWriting(out, request);
  const root = join(out, WRITING);
  const run =
    listRuns(root).length > 0
      ? resumeRun("latest", { root }).log
      : createRun(
          {
            command,
            request: plainJson(request),
            models: { writer: writer.roles.writer ?? writer.model },
            seed,
          },
          { root },
        );
  try {
    const result = await work(run);
    run.finish();
    return result;
  } finally {
    run.close("interrupted");
  }
}

/** Throws an InputError where a folder of data sets holds the writing of another request than this one. */
export function refuseOtherWriting(out: string, request: unknown): void {
  const root = join(out, WRITING);
  const [run] = listRuns(root);
  if (run === undefined) return;
  const before = readManifest(join(root, run)).request;
  if (JSON.stringify(before) === JSON.stringify(plainJson(request))) return;
  throw new InputError(`${out} holds what was written for another request; name another --out, or remove it`);
}

/** A request as JSON keeps it: without what is undefined. */
export function plainJson(value: unknown): z.infer<ReturnType<typeof z.json>> {
  return z.json().parse(JSON.parse(JSON.stringify(value)));
}

import { join } from "node:path";
import { readManifest } from "../../runs/manifest.ts";
import { findRun, listRuns } from "../../runs/run-folder.ts";
import { InputError } from "../../thought/errors.ts";

/**
 * The folder of the evaluation that a user means: a run's id, the beginning of one, `latest`, or `latest~1` for the one
 * before that. Other runs do not count for `latest`.
 *
 * @param root the folder that holds all runs
 * @throws InputError where there is none, with what may have been meant
 */
export function findEvaluation(root: string, name: string): string {
  const [, back] = /^latest(?:~(\d{1,4}))?$/.exec(name) ?? [undefined, undefined];
  if (!name.startsWith("latest")) return join(root, findRun(root, name));
  const evaluations = listRuns(root).filter((id) => readManifest(join(root, id)).command === "eval");
  const id = evaluations.at(-1 - Number(back ?? 0));
  if (id !== undefined) return join(root, id);
  throw new InputError(
    `there ${evaluations.length === 1 ? "is 1 evaluation" : `are ${evaluations.length} evaluations`} in ${root}, so no "${name}"; make one with sojourn eval`,
  );
}

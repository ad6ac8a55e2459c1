import { InputError } from "../../thought/errors.ts";
import type { GradedSample, GradedSet } from "./graded-set.ts";

/** One sample of one problem as each set has it, in the order of the sets. */
export interface PairedSample {
  problem: string;
  sample: number;
  gold: string;
  each: readonly GradedSample[];
}

/** What could not be paired, where that was allowed. */
export interface LeftOut {
  /** The set that lacks them. */
  name: string;
  /** The problems that some other set has; one of several samples is written `problem#2`. */
  lacks: readonly string[];
}

/** Sets paired by problem and sample. */
export interface PairedSets {
  names: readonly string[];
  pairs: readonly PairedSample[];
  leftOut: readonly LeftOut[];
}

/** Options of {@link pairSets}. */
export interface PairOptions {
  /** Pair what all sets have and leave out the rest, in place of refusing. Default false. */
  onCommon?: boolean | undefined;
}

/** Most problems that an error names. */
const NAMED = 5;

/**
 * Pairs two sets or more by problem and sample, in the first set's order. A comparison of different problems says nothing,
 * so it is refused, unless `onCommon` asks for what the sets have in common.
 *
 * @throws InputError for fewer than two sets, two of one name, a sample that stands twice in a set, sets that do not hold
 * the same samples or have none in common, and two problems of one id whose reference answers differ
 */
export function pairSets(sets: readonly GradedSet[], { onCommon = false }: PairOptions = {}): PairedSets {
  if (sets.length < 2) throw new InputError("a comparison needs two runs; name another one");
  const names = sets.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new InputError(`${twice} is named twice; compare it with another run`);

  const keyed = sets.map(byKey);
  const all = new Map(keyed.flatMap((samples) => [...samples]));
  const leftOut = keyed.flatMap((samples, index) => {
    const lacks = [...all].flatMap(([key, sample]) => (samples.has(key) ? [] : labelOf(sample)));
    return lacks.length === 0 ? [] : [{ name: names[index] ?? "", lacks }];
  });
  if (leftOut.length > 0 && !onCommon) throw new InputError(unpairedMessage(leftOut));

  const pairs = [...all].flatMap(([key, { problem, sample }]) => {
    const each = keyed.flatMap((samples) => samples.get(key) ?? []);
    const gold = each[0]?.gold ?? "";
    if (each.length < sets.length) return [];
    const other = each.findIndex((one) => one.gold !== gold);
    if (other !== -1)
      throw new InputError(
        `${problem} is not the same problem in ${names[0]} and ${names[other]}: its reference answers are "${clip(gold)}" and "${clip(each[other]?.gold ?? "")}"; compare runs over the same file`,
      );
    return { problem, sample, gold, each };
  });
  if (pairs.length === 0)
    throw new InputError(`${names.join(" and ")} have no problem in common; compare runs over the same file`);
  return { names, pairs, leftOut };
}

function byKey({ name, samples }: GradedSet): Map<string, GradedSample> {
  const keyed = new Map<string, GradedSample>();
  for (const sample of samples) {
    const key = JSON.stringify([sample.problem, sample.sample]);
    if (keyed.has(key)) throw new InputError(`${name} has two answers for ${labelOf(sample)}; keep one`);
    keyed.set(key, sample);
  }
  return keyed;
}

function labelOf({ problem, sample }: GradedSample): string {
  return sample === 0 ? problem : `${problem}#${sample}`;
}

function unpairedMessage(leftOut: readonly LeftOut[]): string {
  const told = leftOut.map(({ name, lacks }) => {
    const more = lacks.length > NAMED ? ` and ${lacks.length - NAMED} more` : "";
    return `${name} lacks ${lacks.slice(0, NAMED).join(", ")}${more}`;
  });
  return `these runs do not answer the same problems: ${told.join("; ")}; compare what they have in common with --on-common`;
}

function clip(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}

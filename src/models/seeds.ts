import { createHash } from "node:crypto";

/** What a seed or a fingerprint is made of; the order of an object's keys does not matter. */
type Part = string | number | boolean | null | undefined | readonly Part[] | { readonly [key: string]: Part };

/** A short stable hash of some values, for telling whether two calls ask the same. */
export function fingerprintOf(value: Part): string {
  return createHash("sha256").update(canonical(value)).digest("hex").slice(0, 16);
}

/**
 * The seed of one sample: a function of the run's seed and of the sample's key alone, so that it does not depend
 * on what else was asked for or came first. From 0 to 2^31 - 1, which every backend takes.
 */
export function sampleSeed(runSeed: number, site: string, occurrence: number, sample: number): number {
  const digest = createHash("sha256")
    .update(canonical([runSeed, site, occurrence, sample]))
    .digest();
  return digest.readUInt32BE(0) >>> 1;
}

/**
 * The seed of one of many questions: a function of the run's seed and the question's id, so that questions do not share
 * their chance and their order does not matter. From 0 to 2^31 - 1.
 */
export function questionSeed(runSeed: number, question: string): number {
  const digest = createHash("sha256")
    .update(canonical([runSeed, question]))
    .digest();
  return digest.readUInt32BE(0) >>> 1;
}

function canonical(value: Part): string {
  if (value === undefined || value === null) return "null";
  if (isList(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
}

function isList(value: Part): value is readonly Part[] {
  return Array.isArray(value);
}

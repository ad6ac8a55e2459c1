import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { FailureError, InputError, messageOf } from "../../thought/errors.ts";

/** Where keys are kept, unless `--keys` names another file. */
export const KEYS_FILE = "sojourn-keys.json";

const keySchema = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,64}$/),
  /** SHA-256 of the key, in hex: a key is 32 random bytes, so nothing slower is needed. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.string(),
  /** Absent: no limit. */
  requestsPerMinute: z.int().positive().optional(),
  /** Input and output tokens in a day of UTC. */
  tokensPerDay: z.int().positive().optional(),
  /** US dollars in a day of UTC; counts what has a price. */
  usdPerDay: z.number().positive().optional(),
});
/** A key that the server takes, without the key itself, and what it may use. */
export type KeyEntry = z.infer<typeof keySchema>;

/** What a key may use. */
export type KeyLimits = Pick<KeyEntry, "requestsPerMinute" | "tokensPerDay" | "usdPerDay">;

const fileSchema = z.strictObject({ keys: z.array(keySchema) });

/** The hash under which a key is kept. */
export function hashKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** The keys of a file; none where it does not exist. Throws an InputError for a file in another form. */
export function readKeys(file: string): KeyEntry[] {
  if (!existsSync(file)) return [];
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, "utf8"))).keys;
  } catch (error) {
    const hint = "mend it, or remove it and add the keys again";
    throw new InputError(`cannot read the keys in ${file}: ${messageOf(error)}; ${hint}`, error);
  }
}

/** Adds a key of this name and returns it: the file keeps its hash alone. Throws an InputError for a name that is taken. */
export function addKey(file: string, name: string, limits: KeyLimits, now: Date): string {
  const keys = readKeys(file);
  if (keys.some((key) => key.name === name))
    throw new InputError(
      `there is a key "${name}" already; remove it first: sojourn serve keys remove ${name}`,
    );
  const key = `sj-${randomBytes(32).toString("base64url")}`;
  const entry = keySchema.safeParse({ name, hash: hashKey(key), createdAt: now.toISOString(), ...limits });
  if (!entry.success)
    throw new InputError(`"${name}" is no name for a key; letters, digits, -, _ and . make one`);
  writeKeys(file, [...keys, entry.data]);
  return key;
}

/** Removes the key of this name. Throws an InputError where there is none. */
export function removeKey(file: string, name: string): void {
  const keys = readKeys(file);
  const kept = keys.filter((key) => key.name !== name);
  if (kept.length === keys.length) {
    const names = keys.map((key) => key.name).join(", ") || "no keys";
    throw new InputError(`no key "${name}" in ${file}; there is ${names}`);
  }
  writeKeys(file, kept);
}

function writeKeys(file: string, keys: readonly KeyEntry[]): void {
  writeWhole(file, { keys });
}

/** Writes a file in one go, so that a kill leaves the old one or the new one. Throws a FailureError. */
export function writeWhole(file: string, content: object): void {
  try {
    writeFileSync(`${file}.new`, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new FailureError(`cannot write ${file}: ${messageOf(error)}; name another file with --keys`, error);
  }
}

import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { InputError, messageOf } from "../../thought/errors.ts";
import { Account, type Spending } from "./account.ts";
import { hashKey, type KeyEntry, readKeys, writeWhole } from "./key-file.ts";

const spendingSchema = z.record(
  z.string(),
  z.strictObject({ day: z.int(), tokens: z.number().nonnegative(), usd: z.number().nonnegative() }),
);

/** Spending is written at most this often. */
const WRITE_MS = 1_000;

/** The keys that a server takes, and the account of each. */
export class KeyRing {
  readonly #accounts = new Map<string, Account>();
  readonly #spending: Record<string, Spending>;
  readonly #spendingFile: string;
  #writing: NodeJS.Timeout | undefined;

  /**
   * @param options.file where keys are kept; beside it what they have used
   * @param options.given further keys, as `SOJOURN_SERVE_KEYS` has them: `KEY` or `NAME:KEY`, with commas between them
   */
  constructor({
    file,
    given = "",
    clock = Date.now,
  }: { file: string; given?: string | undefined; clock?: () => number }) {
    this.#spendingFile = file.replace(/(\.json)?$/, ".spent.json");
    this.#spending = readSpending(this.#spendingFile);
    const entries: Pick<KeyEntry, "name" | "hash">[] = [...readKeys(file), ...readGiven(given)];
    for (const { hash, ...entry } of entries) {
      const spent = (spending: Spending): void => this.#spent(entry.name, spending);
      this.#accounts.set(hash, new Account(entry, this.#spending[entry.name], { clock, spent }));
    }
  }

  /** How many keys there are. */
  get size(): number {
    return this.#accounts.size;
  }

  /** The account of a key; undefined for a key that is not taken. Keys are told apart by their hashes alone. */
  find(key: string): Account | undefined {
    return this.#accounts.get(hashKey(key));
  }

  /** Writes down what is not written yet. */
  close(): void {
    if (this.#writing === undefined) return;
    clearTimeout(this.#writing);
    this.#write();
  }

  #spent(name: string, spending: Spending): void {
    this.#spending[name] = spending;
    this.#writing ??= setTimeout(() => this.#write(), WRITE_MS).unref();
  }

  #write(): void {
    this.#writing = undefined;
    writeWhole(this.#spendingFile, this.#spending);
  }
}

function readSpending(file: string): Record<string, Spending> {
  if (!existsSync(file)) return {};
  try {
    return spendingSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new InputError(
      `cannot read what keys have used in ${file}: ${messageOf(error)}; remove it to start anew`,
    );
  }
}

function readGiven(given: string): Pick<KeyEntry, "name" | "hash">[] {
  return given
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part, index) => {
      const [, name = `environment-${index + 1}`, key = part] = /^([\w.-]+):(.+)$/.exec(part) ?? [];
      if (key.length < 16)
        throw new InputError(
          "a key of SOJOURN_SERVE_KEYS is shorter than 16 characters; make one with sojourn serve keys add NAME",
        );
      return { name, hash: hashKey(key) };
    });
}

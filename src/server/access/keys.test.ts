import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { addKey, readKeys, removeKey } from "./key-file.ts";
import { KeyRing } from "./key-ring.ts";

let file: string;

beforeEach(() => {
  file = join(temporaryFolder(), "keys.json");
});

describe("the keys of a server", () => {
  test("are kept as hashes that only their owner may read", () => {
    const key = addKey(file, "laptop", { requestsPerMinute: 5 }, new Date(0));
    expect(readFileSync(file, "utf8")).not.toContain(key);
    expect(statSync(file).mode & 0o077).toBe(0);
    const ring = new KeyRing({ file });
    expect(ring.find(key)?.name).toBe("laptop");
    expect(ring.find(`${key}x`)).toBeUndefined();
    expect(ring.find("")).toBeUndefined();
  });

  test("have names of their own, and are gone when they are removed", () => {
    const key = addKey(file, "a", {}, new Date(0));
    expect(() => addKey(file, "a", {}, new Date(0))).toThrow('there is a key "a" already');
    expect(() => addKey(file, "a b", {}, new Date(0))).toThrow('"a b" is no name for a key');
    expect(() => removeKey(file, "b")).toThrow('no key "b"');
    removeKey(file, "a");
    expect(readKeys(file)).toEqual([]);
    expect(new KeyRing({ file }).find(key)).toBeUndefined();
  });

  test("may come from the environment, by name or without one, and have to be long", () => {
    const ring = new KeyRing({ file, given: " me:0123456789abcdef , fedcba9876543210 " });
    expect(ring.size).toBe(2);
    expect(ring.find("0123456789abcdef")?.name).toBe("me");
    expect(ring.find("fedcba9876543210")?.name).toBe("environment-2");
    expect(() => new KeyRing({ file, given: "short" })).toThrow("shorter than 16 characters");
  });

  test("keep what they have used over a restart", () => {
    const key = addKey(file, "a", { tokensPerDay: 10 }, new Date(0));
    const ring = new KeyRing({ file, clock: () => 0 });
    const usage = {
      inputTokens: 4,
      outputTokens: 6,
      reasoningTokens: 0,
      estimatedOutputTokens: 0,
      calls: 1,
      costUsd: 0,
    };
    ring.find(key)?.event({
      ...{
        type: "call-failed",
        at: 0,
        site: "s",
        occurrence: 0,
        fingerprint: "",
        role: "policy",
        model: "m",
      },
      ...{ wallMs: 0, usage, outcome: "cancelled", error: "" },
    });
    ring.close();
    expect(new KeyRing({ file, clock: () => 0 }).find(key)?.take()?.reason).toBe("budget");
  });

  test("in a file of another form are refused with what to do", () => {
    writeFileSync(file, '{"keys":[{"name":"a"}]}');
    expect(() => readKeys(file)).toThrow("mend it, or remove it");
  });
});

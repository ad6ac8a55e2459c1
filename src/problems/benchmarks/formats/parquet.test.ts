import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/support/temporary-folder.ts";
import type { FoundRecord } from "../record.ts";
import { parquetSample } from "./parquet-sample.ts";
import { readRecords } from "./read-records.ts";

async function read(path: string, bytes: Uint8Array): Promise<FoundRecord[]> {
  writeFileSync(path, bytes);
  const found: FoundRecord[] = [];
  for await (const record of readRecords(path)) found.push(record);
  return found;
}

describe("Parquet", () => {
  it.each(["snappy", "zstd"] as const)(
    "reads texts, lists and whole numbers packed with %s",
    async (packing) => {
      const path = join(temporaryFolder(), "sample.parquet");
      expect(await read(path, parquetSample(packing))).toEqual([
        { line: 1, value: { problem: "What is 2 + 3?", steps: ["Two and three.", "So 5."], label: -1 } },
        { line: 2, value: { problem: "What is 7 - 9?", steps: ["So 2."], label: 0 } },
        { line: 3, value: { problem: "What is 6 / 4?", steps: ["So 1.5."], label: -1 } },
      ]);
    },
  );

  it("reports a file that is cut off or something else", async () => {
    const path = join(temporaryFolder(), "sample.parquet");
    const wrong = "is not Parquet: the file does not begin and end in PAR1";
    expect(await read(path, parquetSample("zstd").subarray(0, 700))).toEqual([{ line: 1, wrong }]);
    expect(await read(path, Buffer.from("PAR1"))).toEqual([{ line: 1, wrong }]);
    const [found] = await read(path, Buffer.from("PAR1 nothing in here PAR1"));
    expect(found).toEqual({ line: 1, wrong: expect.stringMatching(/^cannot be read, nor can later rows: /) });
  });

  it("neither crashes nor hangs when any byte is changed", async () => {
    const path = join(temporaryFolder(), "sample.parquet");
    const sample = parquetSample("snappy");
    const change = fc.tuple(fc.nat(sample.length - 5), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const bytes = Uint8Array.from(sample);
        for (const [at, value] of changes) if (at >= 4) bytes[at] = value;
        const before = process.cpuUsage();
        const found = await read(path, bytes);
        // Of the processor, so that a busy machine does not count.
        expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
        expect(found.length).toBeLessThan(1000);
      }),
      { numRuns: 120 },
    );
  });
});

import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { floatsOf, readSafetensors, storedFloats, writeSafetensors } from "./safetensors.ts";

const folder = await mkdtemp(join(tmpdir(), "safetensors-"));
const path = join(folder, "model.safetensors");
const bitsOf = (values: Float32Array) => [...new Uint32Array(values.slice().buffer)];

describe("safetensors", () => {
  it("gives back what was written, names, shapes and every bit", async () => {
    const floats = fc
      .array(fc.float(), { minLength: 0, maxLength: 40 })
      .map((values) => Float32Array.from(values));
    await fc.assert(
      fc.asyncProperty(floats, fc.uint8Array({ maxLength: 9 }), async (data, bytes) => {
        const weight = storedFloats({ shape: [data.length, 1], data }, "F32");
        await writeSafetensors(
          path,
          new Map([
            ["odd bytes", { type: "U8", shape: [bytes.length], bytes }],
            ["weight", weight],
          ]),
        );
        const read = await readSafetensors(path);
        expect([...read.keys()]).toEqual(["odd bytes", "weight"]);
        expect(read.get("odd bytes")?.bytes).toEqual(bytes);
        const back = floatsOf(read.get("weight")!);
        expect(back.shape).toEqual([data.length, 1]);
        expect(bitsOf(back.data)).toEqual(bitsOf(data));
      }),
      { numRuns: 30 },
    );
  });

  it("rounds to bfloat16 to the nearest, ties to even, and keeps infinity and NaN", () => {
    const data = Float32Array.of(1, 1 + 2 ** -9, 1 + 2 ** -8, 1 + 3 * 2 ** -8, -0, Infinity, NaN, 3.4e38);
    const { data: back } = floatsOf(storedFloats({ shape: [8], data }, "BF16"));
    expect([...back]).toEqual([1, 1, 1, 1 + 2 ** -6, -0, Infinity, NaN, Infinity]);
  });

  it("keeps numbers within a 256th in bfloat16", () => {
    fc.assert(
      fc.property(fc.float({ min: 2 ** -100, max: 2 ** 100, noNaN: true }), (value) => {
        const [back = 0] = floatsOf(storedFloats({ shape: [1], data: Float32Array.of(value) }, "BF16")).data;
        expect(Math.abs(back - value)).toBeLessThanOrEqual(value / 256);
      }),
    );
  });

  it("says that a file is cut off", async () => {
    const tensor = storedFloats({ shape: [3], data: Float32Array.of(1, 2, 3) }, "F32");
    await writeSafetensors(path, new Map([["weight", tensor]]));
    const whole = await readFile(path);
    for (const length of [0, 7, 20, whole.length - 1]) {
      await writeFile(path, whole.subarray(0, length));
      await expect(readSafetensors(path)).rejects.toThrow(/not a whole safetensors file/);
    }
  });

  it("leaves no partial file behind", async () => {
    await writeSafetensors(path, new Map());
    expect(await readdir(folder)).toEqual(["model.safetensors"]);
  });
});

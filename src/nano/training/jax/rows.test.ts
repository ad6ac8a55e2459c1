import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readDataIndex } from "../write-shards.ts";
import { copyRows, prepareCopyTraining } from "./copy-training.ts";
import { Rows, sliceRows } from "./rows.ts";

test("takes rows across the ends of shards and begins again after the last", async () => {
  const { data } = await prepareCopyTraining(await mkdtemp(join(tmpdir(), "rows-")));
  const rows = new Rows(data, (await readDataIndex(data))?.train ?? []);
  expect(rows.count).toBe(48);
  const taken = await rows.take(48 + 26, 8);
  const expected = [sliceRows(copyRows(28, 1), 26, 28), sliceRows(copyRows(20, 2), 0, 6)];
  expect([...taken.tokens]).toEqual(expected.flatMap(({ tokens }) => [...tokens]));
  expect([...taken.segments]).toEqual(expected.flatMap(({ segments }) => [...segments]));
  expect([...taken.mask]).toEqual(expected.flatMap(({ mask }) => [...mask]));
  const again = await rows.take(47, 2);
  expect([...again.tokens.subarray(24)]).toEqual([...copyRows(28, 1).tokens.subarray(0, 24)]);
});

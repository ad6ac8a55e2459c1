import { join } from "node:path";
import { expect, test } from "vitest";
import { runInProcess } from "../../../test/support/command-line.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";

test("a key is printed once, listed without itself, and removed", async () => {
  const file = join(temporaryFolder(), "keys.json");
  const keys = (...words: string[]) => runInProcess(["serve", "--keys", file, "keys", ...words]);
  const added = await keys("add", "guest", "--per-minute", "10", "--tokens-per-day", "200000");
  expect(added).toMatchObject({ code: 0, out: expect.stringMatching(/^sj-[\w-]{43}\n$/) });
  const listed = await keys("list");
  expect(listed.out).toContain("guest");
  expect(listed.out).toContain("10 a minute");
  expect(listed.out).not.toContain(added.out.trim());
  const json = await runInProcess(["serve", "--keys", file, "--json", "keys", "list"]);
  expect(JSON.parse(json.out)).toMatchObject([
    { name: "guest", requestsPerMinute: 10, tokensPerDay: 200_000 },
  ]);
  expect((await keys("remove", "guest")).code).toBe(0);
  expect(await keys("remove", "guest")).toMatchObject({
    code: 2,
    err: expect.stringContaining('no key "guest"'),
  });
});

test("what cannot be served is said in one line", async () => {
  const kept = await runInProcess(["serve", "--keep-days", "3"]);
  expect(kept).toMatchObject({ code: 2, err: expect.stringContaining("add --record") });
  const nowhere = join(temporaryFolder(), "none.json");
  const open = await runInProcess(["serve", "--host", "0.0.0.0", "--keys", nowhere]);
  expect(open).toMatchObject({ code: 2, err: expect.stringContaining("sojourn serve keys add") });
});

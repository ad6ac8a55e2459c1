import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../../../test/support/temporary-folder.ts";
import { readBenchmark } from "../read-benchmark.ts";
import { findBenchmark } from "../registry.ts";

const own = findBenchmark("own");
const sha = "0123456789abcdef0123456789abcdef01234567";
const listing = (...paths: string[]) =>
  JSON.stringify({ id: "some/set", sha, siblings: paths.map((rfilename) => ({ rfilename })) });

type Reply = string | { status: number } | "cut";

/** A hub on this machine, with the requests that it got. */
async function hub(replies: Record<string, Reply>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const reply = replies[path] ?? { status: 404 };
    if (typeof reply === "object") response.writeHead(reply.status).end();
    else if (reply !== "cut") response.end(reply);
    else {
      response.writeHead(200, { "content-length": "1000" });
      response.write('{"question": "2 + 2?", "answer": 4}\n', () => response.destroy());
    }
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  onTestFinished(async () => void (await close()));
  const cache = temporaryFolder();
  const environment = { HF_ENDPOINT: `http://127.0.0.1:${address.port}/`, SOJOURN_CACHE: cache };
  return { asked, close, cache, environment };
}

const file = `/datasets/some/set/resolve/${sha}/data/test%20set.jsonl`;
const main = "/api/datasets/some/set/revision/main";
const lines = '{"question": "2 + 2?", "answer": 4}\n{"question": "3?"}\n';

describe("a data set on a hub", () => {
  it("is fetched at the commit that its branch had, and read from the cache from then on", async () => {
    const { asked, close, environment } = await hub({
      [main]: listing("README.md", "data/test set.jsonl"),
      [file]: lines,
    });
    const first = await readBenchmark(own, "hf:some/set", { environment });
    expect(first).toMatchObject({ revision: sha, files: ["data/test set.jsonl"] });
    expect(first.problems.map(({ gold }) => gold)).toEqual(["4"]);
    expect(first.bad).toEqual([{ file: "data/test set.jsonl", line: 2, wrong: expect.any(String) }]);
    expect(asked).toEqual([main, file]);
    await close();
    expect(await readBenchmark(own, "hf:some/set", { environment })).toEqual(first);
  });

  it("asks for the revision that is named", async () => {
    const asked = `/api/datasets/some/set/revision/v2`;
    const { environment } = await hub({ [asked]: listing("data/test set.jsonl"), [file]: lines });
    expect((await readBenchmark(own, "hf:some/set@v2", { environment })).revision).toBe(sha);
    await expect(readBenchmark(own, "hf:some/set@v3", { environment })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("answers 404: no such data set or revision"),
    });
  });

  it("leaves no file in the cache that was cut off on its way", async () => {
    const replies: Record<string, Reply> = { [main]: listing("data/test set.jsonl"), [file]: "cut" };
    const { cache, environment } = await hub(replies);
    await expect(readBenchmark(own, "hf:some/set", { environment })).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/^cannot fetch .*; check the network/),
    });
    const kept = readdirSync(cache, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(kept.map((entry) => entry.name)).toEqual(["main.json"]);
    replies[file] = lines;
    expect((await readBenchmark(own, "hf:some/set", { environment })).problems).toHaveLength(1);
  });

  it.each([
    ["a listing that leaves its folder", listing("../../outside.jsonl")],
    ["a page instead of a listing", "<html>log in</html>"],
    ["a commit that is a path", listing("a.jsonl").replace(sha, "../../x")],
  ])("refuses %s", async (_, reply) => {
    const { cache, environment } = await hub({ [main]: reply });
    await expect(readBenchmark(own, "hf:some/set", { environment })).rejects.toThrow("check HF_ENDPOINT");
    expect(existsSync(join(cache, "..", "outside.jsonl"))).toBe(false);
  });

  it("says what to do when the hub fails or is not there", async () => {
    const { close, environment } = await hub({ [main]: { status: 503 } });
    await expect(readBenchmark(own, "hf:some/set", { environment })).rejects.toThrow(
      "answers 503; try again",
    );
    await close();
    await expect(readBenchmark(own, "hf:some/set", { environment })).rejects.toThrow(
      /^cannot fetch .*name a file/,
    );
  });

  it("says which folder it cannot keep files in", async () => {
    const { cache, environment } = await hub({ [main]: listing("data/test set.jsonl"), [file]: lines });
    writeFileSync(join(cache, "data-sets"), "");
    await expect(readBenchmark(own, "hf:some/set", { environment })).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/^cannot write .*main\.json: .*; make room, or set SOJOURN_CACHE/),
    });
  });

  it("keeps what it fetched byte for byte", async () => {
    const { cache, environment } = await hub({ [main]: listing("data/test set.jsonl"), [file]: lines });
    await readBenchmark(own, "hf:some/set", { environment });
    const kept = join(cache, "data-sets", "some", "set", sha, "data", "test set.jsonl");
    expect(readFileSync(kept, "utf8")).toBe(lines);
  });
});

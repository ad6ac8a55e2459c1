import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { chooseProblems } from "./choose-problems.ts";
import type { ProblemChoice } from "./evaluation-request.ts";

const gym: Extract<ProblemChoice, { kind: "gym" }> = {
  ...{ kind: "gym", families: ["letters", "addition"], split: "test", phrasing: "trained", seed: 0 },
  ...{ skip: 0, limit: 5 },
};

describe("problems of the gym", () => {
  test("are drawn from each family in turn, the same ones each time", async () => {
    const { problems, fingerprint } = await chooseProblems(gym);
    expect(problems.map(({ family }) => family)).toEqual([
      "letters",
      "addition",
      "letters",
      "addition",
      "letters",
    ]);
    expect(new Set(problems.map(({ question }) => question.id)).size).toBe(5);
    expect(problems.every(({ split }) => split === "test")).toBe(true);
    expect((await chooseProblems(gym)).fingerprint).toBe(fingerprint);
    expect((await chooseProblems({ ...gym, seed: 1 })).fingerprint).not.toBe(fingerprint);
  });

  test("behind those that are skipped are the ones that would have come next", async () => {
    const { problems } = await chooseProblems({ ...gym, limit: 9 });
    expect((await chooseProblems({ ...gym, skip: 3, limit: 6 })).problems).toEqual(problems.slice(3));
  });

  test("of a family that does not exist are refused with the families that do", async () => {
    await expect(chooseProblems({ ...gym, families: ["chess"] })).rejects.toThrow(
      /the families are decimals/,
    );
  });
});

describe("problems of a file", () => {
  const rows = Array.from({ length: 5 }, (_, id) => ({ task: `What is ${id}?`, result: id }));
  function choice(more: object = {}): ProblemChoice {
    const data = join(temporaryFolder(), "own.jsonl");
    writeFileSync(data, [...rows, { task: "no result" }].map((row) => `${JSON.stringify(row)}\n`).join(""));
    return {
      kind: "benchmark",
      benchmark: "own",
      data,
      columns: { question: "task", answer: "result" },
      skip: 0,
      ...more,
    };
  }

  test("are read by their columns, bad records told", async () => {
    const { problems, bad } = await chooseProblems(choice());
    expect(problems.map(({ gold }) => gold)).toEqual(["0", "1", "2", "3", "4"]);
    expect(bad).toMatchObject([{ line: 6 }]);
  });

  test("may be a part of it", async () => {
    const { problems } = await chooseProblems(choice({ skip: 2, limit: 2 }));
    expect(problems.map(({ gold }) => gold)).toEqual(["2", "3"]);
    await expect(chooseProblems(choice({ skip: 9, limit: 1 }))).rejects.toThrow(/no problem of own/);
  });

  test("have another fingerprint when a gold, a text or their order is another", async () => {
    const { fingerprint } = await chooseProblems(choice());
    expect((await chooseProblems(choice())).fingerprint).toBe(fingerprint);
    expect((await chooseProblems(choice({ limit: 4 }))).fingerprint).not.toBe(fingerprint);
  });

  test("of a data set stay those of the commit that it had when it was first read", async () => {
    const commits = ["a", "b"].map((letter) => letter.repeat(40));
    const golds = new Map(commits.map((commit, place) => [commit, place]));
    let newest = commits[0] ?? "";
    const hub = createServer((request, response) => {
      const path = request.url ?? "";
      const sha = commits.find((commit) => path.includes(commit)) ?? newest;
      if (path.startsWith("/api/"))
        response.end(JSON.stringify({ sha, siblings: [{ rfilename: "test.jsonl" }] }));
      else response.end(`{"question": "which?", "answer": ${golds.get(sha)}}\n`);
    }).listen(0, "127.0.0.1");
    await once(hub, "listening");
    onTestFinished(() => void hub.close());
    const port = z.object({ port: z.number() }).parse(hub.address()).port;
    // A cache of its own each time, as on another machine.
    const environment = () => ({ HF_ENDPOINT: `http://127.0.0.1:${port}`, SOJOURN_CACHE: temporaryFolder() });
    const asked = { kind: "benchmark", benchmark: "own", data: "hf:some/set/test", skip: 0 } as const;
    const first = await chooseProblems(asked, { environment: environment() });
    expect(first.revision).toBe(commits[0]);
    newest = commits[1] ?? "";
    const again = await chooseProblems(
      { ...asked, revision: first.revision },
      { environment: environment() },
    );
    expect(again.fingerprint).toBe(first.fingerprint);
    const newer = await chooseProblems(asked, { environment: environment() });
    expect(newer.problems.map(({ gold }) => gold)).toEqual(["1"]);
  });

  test("without final answers are refused with what to do", async () => {
    const steps = choice({ benchmark: "processbench", columns: undefined });
    await expect(chooseProblems(steps)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("sojourn judge"),
    });
  });
});

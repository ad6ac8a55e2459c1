import { beforeEach, describe, expect, test, vi } from "vitest";
import { runInProcess } from "../../../test/support/command-line.ts";
import { writeEvaluation } from "../../../test/support/evaluation-run.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";

const noon = Date.UTC(2026, 10, 21, 12);
let root = "";

function write(minute: number, strategy: string, outcomes: string, outputTokens = 100): string {
  return writeEvaluation({ root, at: noon + minute * 60_000, strategy, outcomes, outputTokens });
}

beforeEach(() => {
  root = temporaryFolder();
  vi.stubEnv("SOJOURN_RUNS", root);
  return () => vi.unstubAllEnvs();
});

describe("sojourn compare", () => {
  test("pairs two evaluations, tests the flips and lists them first", async () => {
    const base = write(0, "direct", "rrrwwwww");
    const other = write(1, "vote", "rrwrrrrw", 300);
    const { code, out, err } = await runInProcess(["compare", "latest~1", "latest", "--rows", "5"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("8 problems, paired");
    expect(out).toMatch(new RegExp(`A +${base}\\s+direct on nano\\s+37\\.5%`));
    expect(out).toMatch(new RegExp(`B +${other}\\s+vote on nano\\s+75\\.0%`));
    expect(out).toMatch(/2 +4 +1 +1 +\+37\.5 points \(.*\) +0\.375/);
    expect(out).toContain("B: not at equal tokens: 3.00 times");
    expect(out).toContain("5 answers flipped; 5 of 8 shown");
    expect(out.indexOf("own/2")).toBeGreaterThan(0);
    expect(out).not.toContain("own/0");
  });

  test("gives all of it as one JSON object, and as Markdown", async () => {
    const ids = [write(0, "direct", "rrww"), write(1, "vote", "rrrw"), write(2, "beam", "rrrr")];
    const json = await runInProcess(["compare", ...ids, "--json"]);
    const said = JSON.parse(json.out);
    expect(said.contrasts.map((one: { name: string }) => one.name)).toEqual(ids.slice(1));
    expect(said.rows).toHaveLength(4);
    expect(said.contrasts[0].cells).toEqual({ bothRight: 2, fixed: 1, broken: 0, bothWrong: 1 });
    const markdown = await runInProcess(["compare", ...ids, "--markdown"]);
    expect(markdown.out).toContain(`| C | ${ids[2]} | beam on nano | 100.0% (51.0 to 100.0) |`);
  });

  test("refuses runs over different problems and says which lack where, unless told to take the common ones", async () => {
    const [base, other] = [write(0, "direct", "rrww"), write(1, "vote", "rrrwrr")];
    const refused = await runInProcess(["compare", base, other]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(
      `${base} lacks own/4, own/5; compare what they have in common with --on-common`,
    );
    const common = await runInProcess(["compare", base, other, "--on-common"]);
    expect(common.code).toBe(0);
    expect(common.out).toContain("4 problems, paired");
    expect(common.err).toContain(`${base} lacks 2 samples that another run has`);
  });

  test("says in one line which run is not there", async () => {
    write(0, "direct", "rw");
    const one = await runInProcess(["compare", "latest"]);
    expect([one.code, one.err]).toEqual([2, "sojourn: name two runs: sojourn compare latest~1 latest\n"]);
    const before = await runInProcess(["compare", "latest", "latest~1"]);
    expect(before.code).toBe(2);
    expect(before.err).toContain("there is 1 evaluation in");
    const missing = await runInProcess(["compare", "latest", "2025"]);
    expect(missing.err).toContain('no run "2025"');
  });
});

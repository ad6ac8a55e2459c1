import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { runStages, type StageEvent } from "./run-stages.ts";
import type { Stage } from "./stage.ts";

let folder: string;
let ran: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sojourn-stages-"));
  ran = [];
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

/** Three stages in a row and one beside them: each adds its number to the sum of what it reads. */
function stages(numbers: Record<string, number>): Stage[] {
  const stage = (name: string, after: string[]): Stage => ({
    name,
    settings: { number: numbers[name] ?? 0, unused: { b: 1, a: 2 } },
    after,
    async run({ input }) {
      ran.push(name);
      const before = after.map((each) => Number(input(each).result["sum"]));
      return { sum: before.reduce((sum, one) => sum + one, numbers[name] ?? 0) };
    },
  });
  return [stage("policy", []), stage("grow", ["policy"]), stage("baseline", []), stage("weave", ["grow"])];
}

const numbers = { policy: 1, grow: 10, baseline: 100, weave: 1000 };

describe("the stages of a journey", () => {
  it("are run once each, in their order, and hand on what they made", async () => {
    const done = await runStages(stages(numbers), { folder });
    expect(ran).toEqual(["policy", "grow", "baseline", "weave"]);
    expect(done.get("weave")?.result).toEqual({ sum: 1011 });
  });

  it("are not repeated when all is as it was", async () => {
    await runStages(stages(numbers), { folder });
    ran = [];
    const events: StageEvent[] = [];
    const done = await runStages(stages(numbers), { folder, onProgress: (event) => events.push(event) });
    expect(ran).toEqual([]);
    expect(events.map(({ kind }) => kind)).toEqual(["reused", "reused", "reused", "reused"]);
    expect(done.get("weave")).toMatchObject({ result: { sum: 1011 }, reused: true });
  });

  it("are repeated where a setting changed, with what depends on it and nothing else", async () => {
    await runStages(stages(numbers), { folder });
    ran = [];
    const done = await runStages(stages({ ...numbers, grow: 20 }), { folder });
    expect(ran).toEqual(["grow", "weave"]);
    expect(done.get("weave")?.result).toEqual({ sum: 1021 });
  });

  it("go on in their folder when they were stopped, and keep what was finished", async () => {
    let failing = true;
    const broken = stages(numbers).map((stage): Stage => {
      if (stage.name !== "grow") return stage;
      return {
        ...stage,
        async run(place) {
          if (failing) {
            writeFileSync(join(place.folder, "half.txt"), "half");
            throw new Error("no space left on device");
          }
          ran.push(...readdirSync(place.folder));
          return stage.run(place);
        },
      };
    });
    await expect(runStages(broken, { folder })).rejects.toThrow("no space left on device");
    expect(ran).toEqual(["policy"]);
    failing = false;
    ran = [];
    await runStages(broken, { folder });
    expect(ran).toEqual(["half.txt", "time.json", "grow", "baseline", "weave"]);
  });

  it("run beside each other where neither reads the other, each behind what it reads", async () => {
    let most = 0;
    let now = 0;
    const counted = stages(numbers).map(
      (stage): Stage => ({
        ...stage,
        async run(place) {
          most = Math.max(most, ++now);
          await new Promise((resolve) => setTimeout(resolve, 5));
          now--;
          return stage.run(place);
        },
      }),
    );
    const done = await runStages(counted, { folder, atOnce: 8 });
    expect(most).toBe(2);
    expect(ran.indexOf("weave")).toBeGreaterThan(ran.indexOf("grow"));
    expect(done.get("weave")?.result).toEqual({ sum: 1011 });
  });

  it("stop beside one that fails, and its reason is told", async () => {
    const stopped: string[] = [];
    const failing = stages(numbers).map((stage): Stage => {
      const waits = (signal: AbortSignal) =>
        new Promise<never>((_, reject) => {
          signal.addEventListener("abort", () => {
            stopped.push(stage.name);
            reject(signal.reason);
          });
        });
      const fails = () => Promise.reject(new Error("no space left on device"));
      return { ...stage, run: ({ signal }) => (stage.name === "policy" ? waits(signal) : fails()) };
    });
    await expect(runStages(failing, { folder, atOnce: 2 })).rejects.toThrow("no space left on device");
    expect(stopped).toEqual(["policy"]);
  });

  it("do not run when they read what comes later", async () => {
    const [policy, grow] = stages(numbers) as [Stage, Stage];
    await expect(runStages([grow, policy], { folder })).rejects.toThrow("grow reads policy");
  });

  it("stop between two of them when told to", async () => {
    const stopped = new AbortController();
    const stopping = stages(numbers).map((stage): Stage => {
      if (stage.name !== "grow") return stage;
      return { ...stage, run: (place) => stage.run(place).finally(() => stopped.abort(new Error("stop"))) };
    });
    await expect(runStages(stopping, { folder, signal: stopped.signal })).rejects.toThrow("stop");
    expect(ran).toEqual(["policy", "grow"]);
  });
});

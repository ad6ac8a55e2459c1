import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { startChild } from "../../test/support/child.ts";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { Random } from "../thought/random.ts";
import { readLog } from "./log.ts";
import { createRun, resumeRun } from "./open-run.ts";
import { summarizeRun } from "./summary.ts";

const program = new URL("../../test/support/append-until-killed.ts", import.meta.url);
const KILLS = 20;
const TOGETHER = 4;

it("loses nothing that was acted on when it is killed at any moment", { timeout: 120_000 }, async () => {
  const root = temporaryFolder();
  const random = new Random("kills");

  async function killOnce(): Promise<void> {
    const run = createRun({ command: "ask", request: null, models: {}, seed: 1 }, { root });
    run.close("interrupted");
    const child = startChild(program, root, run.id);
    await child.said(random.integer(1, 400));
    await sleep(random.integer(0, 20));
    const said = await child.kill();
    expect(child.process.signalCode).toBe("SIGKILL");

    const { events, damage } = readLog(join(root, run.id, "events.jsonl"));
    expect(events[0]?.type).toBe("run-started");
    const calls = events.flatMap((event) => (event.type === "call-finished" ? event.occurrence : []));
    expect(calls).toEqual(calls.map((_, index) => index));
    expect(calls.length).toBe(events.length - 1);
    expect(said).toEqual(said.map((_, index) => String(index)));
    expect(said.length).toBeGreaterThan(0);
    expect(calls.length).toBeGreaterThanOrEqual(said.length);
    expect(damage?.kind ?? "torn").toBe("torn");

    expect(summarizeRun(join(root, run.id)).state).toBe("interrupted");
    const { log } = resumeRun(run.id, { root });
    expect(log.notices).toHaveLength(damage === undefined ? 0 : 1);
    expect(log.question("q").loggedSample("answer", said.length - 1, 0)?.sample.index).toBe(0);
    log.close("interrupted");
  }

  let left = KILLS;
  await Promise.all(
    Array.from({ length: TOGETHER }, async () => {
      while (left-- > 0) await killOnce();
    }),
  );
});

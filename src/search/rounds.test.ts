import { expect, test } from "vitest";
import { bestOfN } from "./best-of-n.ts";
import { drive, type TaskDone } from "./driver.ts";
import { MemoryRecorder } from "./memory-recorder.ts";
import { inRounds } from "./rounds.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Drives four roll-outs of two rounds each whose first rounds come back in this order; says when which round began. */
async function roundsOf(order: "asked" | "arrival", waits: readonly number[]) {
  const began: string[] = [];
  const search = bestOfN({ samples: waits.length, score: false });
  const recorder = new MemoryRecorder();
  const { signal } = new AbortController();
  await drive(search, {
    ...{ slots: 4, order, recorder, signal },
    work: (tasks) =>
      tasks.map((task, index) =>
        inRounds(async (turn): Promise<TaskDone> => {
          await pause(waits[index] ?? 0);
          await turn();
          began.push(task.id);
          await pause(5);
          await turn();
          return {
            result: { task, outcome: "proposed", proposal: { steps: ["s"], answer: "7" } },
            settle: () => void began.push(`${task.id} told`),
          };
        }),
      ),
  });
  return began;
}

const inOrder = ["0.0", "0.0 told", "0.1", "0.1 told", "0.2", "0.2 told", "0.3", "0.3 told"];

test("told in the order asked, later rounds begin in that order whatever arrives first", async () => {
  expect(await roundsOf("asked", [1, 10, 20, 30])).toEqual(inOrder);
  expect(await roundsOf("asked", [30, 20, 10, 1])).toEqual(inOrder);
});

test("told as they arrive, later rounds wait for nobody", async () => {
  const began = await roundsOf("arrival", [60, 40, 20, 1]);
  expect(began.indexOf("0.3 told")).toBeLessThan(began.indexOf("0.0"));
  expect([...began].sort()).toEqual([...inOrder].sort());
});

test("work of one round is as it was", async () => {
  const task = { id: "0.0", kind: "roll-out", node: "0" } as const;
  const done: TaskDone = { result: { task, outcome: "failed", error: "no" }, settle() {} };
  expect(await inRounds(async () => done)).toBe(done);
  await expect(inRounds(() => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
});

test("work that fails in a later round rejects there", async () => {
  const unfinished = await inRounds(async (turn) => {
    await turn();
    throw new Error("gone");
  });
  if (!("again" in unfinished)) throw new Error("it should not be finished");
  await expect(unfinished.again()).rejects.toThrow("gone");
});

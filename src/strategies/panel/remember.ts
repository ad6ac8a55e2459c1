import { messageOf } from "../../thought/errors.ts";
import type { Thinking } from "../strategy.ts";
import type { SubTask } from "./plan.ts";

/**
 * Looks up what is known about each sub-task, where the caller gave a memory; undefined where it has nothing or fails.
 * What was found is logged, and a resumed question reads it there: memories change.
 */
export async function remember(think: Thinking, tasks: readonly SubTask[]): Promise<(string | undefined)[]> {
  const { recall, recorder, signal } = think;
  if (recall === undefined) return tasks.map(() => undefined);
  let looking: Promise<PromiseSettledResult<string | undefined>[]> | undefined;
  const lookUp = (): NonNullable<typeof looking> => {
    looking ??= Promise.allSettled(tasks.map(async ({ task }) => recall(task)));
    return looking;
  };
  const found: (string | undefined)[] = [];
  for (const [index, { number }] of tasks.entries()) {
    const agent = `memory ${number}`;
    const logged = recorder.expected();
    if (logged !== undefined) {
      const known = logged.type === "agent-spoke" && logged.agent === agent;
      const warned = logged.type === "warning-raised" && logged.text.startsWith(`${agent} `);
      if (known || warned) recorder.emit(logged);
      found.push(known ? logged.text : undefined);
      continue;
    }
    const outcome = (await lookUp())[index];
    signal.throwIfAborted();
    if (outcome?.status === "rejected") {
      const why = messageOf(outcome.reason);
      recorder.emit({ type: "warning-raised", text: `${agent} failed: ${why}` });
      found.push(undefined);
      continue;
    }
    const text = outcome?.value?.trim() || undefined;
    if (text !== undefined) recorder.emit({ type: "agent-spoke", agent, text });
    found.push(text);
  }
  return found;
}

import { fork } from "node:child_process";
import { z } from "zod";

/** A process of the benchmark's own that answers questions. */
export interface Child {
  ask<Answer>(question: object, schema: z.ZodType<Answer>): Promise<Answer>;
  end(): void;
}

const answerSchema = z.object({ id: z.int(), answer: z.unknown() });

/** Starts a process from a source file. */
export function startChild(file: URL): Child {
  const child = fork(file, { execArgv: ["--expose-gc", "--import", "tsx"] });
  const waiting = new Map<number, (answer: unknown) => void>();
  let asked = 0;
  child.on("message", (message) => {
    const { id, answer } = answerSchema.parse(message);
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  return {
    ask: (question, schema) =>
      new Promise((resolve, reject) => {
        const id = asked++;
        waiting.set(id, (answer) => {
          const parsed = schema.safeParse(answer);
          if (parsed.success) resolve(parsed.data);
          else reject(parsed.error);
        });
        child.send({ id, question });
      }),
    end: () => child.disconnect(),
  };
}

/** Answers the questions of the process that started this one, until it goes. */
export function answerParent(answer: (question: unknown) => Promise<unknown>): void {
  const questionSchema = z.object({ id: z.int(), question: z.unknown() });
  process.on("message", async (message) => {
    const { id, question } = questionSchema.parse(message);
    process.send?.({ id, answer: await answer(question) });
  });
  process.on("disconnect", () => process.exit());
}

/** Milliseconds on a clock that all processes of this machine share. */
export function sharedNow(): number {
  return performance.timeOrigin + performance.now();
}

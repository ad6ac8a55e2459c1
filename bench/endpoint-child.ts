import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const startedSchema = z.object({ url: z.string() });
const bookSchema = z.object({
  mostInFlight: z.int(),
  /** When each request began and ended, in milliseconds. */
  spans: z.array(z.tuple([z.number(), z.number()])),
});

/** What an endpoint in another process has seen. */
export type EndpointBook = z.infer<typeof bookSchema>;

/** Starts a process for endpoints that play the maze's models. */
export function startEndpoints() {
  const child = fork(fileURLToPath(new URL("endpoint-process.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
  });
  const waiting = new Map<number, (message: unknown) => void>();
  let asked = 0;
  child.on("message", (message) => {
    const { id } = z.object({ id: z.int() }).parse(message);
    waiting.get(id)?.(message);
    waiting.delete(id);
  });
  const ask = (id: number, message: object): Promise<unknown> =>
    new Promise((resolve) => {
      waiting.set(id, resolve);
      child.send({ ...message, id });
    });
  return {
    /** Starts an endpoint whose latency is log-normal; sigma 0 is always the same. */
    async start(medianMs: number, sigma = 0): Promise<{ url: string; stop(): Promise<EndpointBook> }> {
      const id = asked++;
      const { url } = startedSchema.parse(await ask(id, { ask: "start", medianMs, sigma }));
      return { url, stop: async () => bookSchema.parse(await ask(id, { ask: "stop" })) };
    },
    end: () => child.disconnect(),
  };
}

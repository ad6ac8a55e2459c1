import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { InputError, messageOf } from "../../thought/errors.ts";
import { type ThreadReply, threadMessageSchema } from "./decode-protocol.ts";
import type { NanoSample } from "./generation.ts";
import { loadNano } from "./nano.ts";

const { folder } = z.object({ folder: z.string() }).parse(workerData);
let nano = await loadNano(folder);
const running = new Map<number, AbortController>();

function reply(message: ThreadReply): void {
  parentPort?.postMessage(message);
}

parentPort?.on("message", (message: unknown) => {
  const asked = threadMessageSchema.parse(message);
  const { id } = asked;
  if ("abort" in asked) {
    running.get(id)?.abort(new Error("stopped"));
    return;
  }
  const abort = new AbortController();
  running.set(id, abort);
  const work = async (): Promise<NanoSample[]> => {
    if ("generate" in asked) return nano.generate({ ...asked.generate, signal: abort.signal });
    nano = await loadNano(folder);
    return [];
  };
  work()
    .then(
      (samples) => reply({ id, samples }),
      (error: unknown) => reply({ id, failed: messageOf(error), input: error instanceof InputError }),
    )
    .finally(() => running.delete(id));
});

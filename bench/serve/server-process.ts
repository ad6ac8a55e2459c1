import { z } from "zod";
import type { RunningServer } from "../../src/server/index.ts";
import { asBuilt } from "../as-built.ts";
import { answerParent } from "./child.ts";

/** The server in a process of its own, so that its memory and its time are its own. */
const questionSchema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("start"), endpoint: z.string() }),
  z.object({ do: z.literal("measure"), collect: z.boolean() }),
  z.object({ do: z.literal("stop") }),
]);

const { room, isBuilt } = await asBuilt("server", () => import("../../src/server/index.ts"));

let server: RunningServer | undefined;

answerParent(async (asked) => {
  const question = questionSchema.parse(asked);
  if (question.do === "start") {
    const providers = { vllm: { baseUrl: question.endpoint, limits: { inFlight: 4096 } } };
    server = await room.startServer(room.createServerContext({ environment: {}, config: { providers } }));
    return { url: server.url, isBuilt };
  }
  if (question.do === "stop") await server?.close();
  // A collection on demand stops everything for as long as it takes: never while streams are timed.
  if (question.do === "measure" && question.collect) globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return { heapMb: heapUsed / 2 ** 20, rssMb: rss / 2 ** 20, cpuMs: (user + system) / 1000 };
});

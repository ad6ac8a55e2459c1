import { z } from "zod";
import { type EndpointReply, startEndpoint } from "../src/models/testing/index.ts";
import { mazeReply } from "../test/support/maze-endpoint.ts";

/** Endpoints in a process of their own, so that what they cost is not counted as ours. Speaks over `process.send`. */
const askSchema = z.discriminatedUnion("ask", [
  z.object({ ask: z.literal("start"), id: z.int(), medianMs: z.number(), sigma: z.number() }),
  z.object({ ask: z.literal("stop"), id: z.int() }),
]);

/** The maze's models without their slips, which would add calls: of a few replies a judge's longest is in its form. */
const steadyReply: EndpointReply = (prompt, sample, seed, request) => {
  const speak = (more: number) => mazeReply(prompt, sample, seed + more, request);
  if (request.body.model !== "judge") return speak(0);
  return [0, 1, 2, 3, 4, 5]
    .map(speak)
    .reduce((longest, one) => (lengthOf(one) > lengthOf(longest) ? one : longest));
};

function lengthOf(said: ReturnType<EndpointReply>): number {
  return (typeof said === "string" ? said : said.text).length;
}

const endpoints = new Map<number, Awaited<ReturnType<typeof startEndpoint>>>();

process.on("message", (message) => void answer(askSchema.parse(message)));
process.on("disconnect", () => process.exit());

async function answer(asked: z.infer<typeof askSchema>): Promise<void> {
  const { id } = asked;
  if (asked.ask === "start") {
    const { medianMs, sigma } = asked;
    const endpoint = await startEndpoint({
      reply: steadyReply,
      latency: { kind: "log-normal", medianMs, sigma },
    });
    endpoints.set(id, endpoint);
    process.send?.({ id, url: endpoint.url });
    return;
  }
  const endpoint = endpoints.get(id);
  endpoints.delete(id);
  const { entries = [], mostInFlight = 0 } = endpoint?.ledger ?? {};
  const spans = entries.map(({ startedAt, finishedAt = startedAt }) => [startedAt, finishedAt]);
  process.send?.({ id, mostInFlight, spans });
  await endpoint?.close();
}

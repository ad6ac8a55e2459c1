import { z } from "zod";
import { type Endpoint, startEndpoint } from "../../src/models/testing/index.ts";
import { answerParent, sharedNow } from "./child.ts";

/** An endpoint in a process of its own, with the time at which each piece of each stream left it. */
const questionSchema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("start"), pieces: z.int(), pieceMs: z.number() }),
  z.object({ do: z.literal("report") }),
  z.object({ do: z.literal("stop") }),
]);

let endpoint: Endpoint | undefined;
/** By the prompt, when each piece of its stream was sent. */
let sentAt = new Map<string, number[]>();

/** The words of a stream: no two streams share one, so that none can be mixed up. */
function wordsOf(prompt: string, pieces: number): string {
  const name = prompt.replace(/\W+/g, "");
  return Array.from({ length: pieces }, (_, place) => `${name}w${place}`).join(" ");
}

answerParent(async (asked) => {
  const question = questionSchema.parse(asked);
  if (question.do === "stop") await endpoint?.close();
  if (question.do === "start") {
    const { pieces, pieceMs } = question;
    await endpoint?.close();
    sentAt = new Map();
    endpoint = await startEndpoint({
      reply: ({ messages }) => wordsOf(messages.at(-1)?.content ?? "", pieces),
      latency: { kind: "fixed", ms: pieces * pieceMs },
      onPiece({ prompt }, place) {
        const name = prompt.messages.at(-1)?.content ?? "";
        const times = sentAt.get(name) ?? [];
        sentAt.set(name, times);
        times[place] = sharedNow();
      },
    });
    return { url: endpoint.url };
  }
  const { ledger } = endpoint ?? {};
  const offset = ledger === undefined ? 0 : sharedNow() - ledger.now();
  return {
    sentAt: Object.fromEntries(sentAt),
    ended: (ledger?.entries ?? []).map(({ request, finishedAt, outcome }) => ({
      prompt: request.prompt.messages.at(-1)?.content ?? "",
      at: (finishedAt ?? Number.NaN) + offset,
      outcome,
    })),
  };
});

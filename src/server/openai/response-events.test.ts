import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { emptyTokenUsage } from "../../thought/usage.ts";
import { ApiError } from "./api-error.ts";
import type { Piece } from "./narration.ts";
import { responseItemSchema, responseSchema } from "./reply-schemas.ts";
import { ResponseEvents } from "./response-events.ts";
import type { Outcome } from "./think-choice.ts";

const usage = { ledger: emptyTokenUsage(), input: 0, output: 0, reasoning: 0 };
const outcome: Outcome = {
  ...{
    answer: "",
    finishReason: "stop",
    strategy: "vote",
    effort: "low",
    model: "m",
    stopReason: "answered",
  },
  ...{
    thought: [],
    candidates: [],
    checked: false,
    warnings: [],
    usage: { ...emptyTokenUsage(), byRole: {} },
  },
};

const eventSchema = z.looseObject({
  type: z.string(),
  sequence_number: z.int(),
  output_index: z.int().optional(),
  summary_index: z.int().optional(),
  delta: z.string().optional(),
  text: z.string().optional(),
  item: responseItemSchema.optional(),
  response: responseSchema.optional(),
});

function eventsOf(pieces: readonly Piece[], thinks: boolean, end: (events: ResponseEvents) => void) {
  const told: z.infer<typeof eventSchema>[] = [];
  const request = { model: "m", input: "Which way?" };
  const events = new ResponseEvents({ id: "resp_1", created: 1, request }, { thinks }, (type, data) => {
    const event = eventSchema.parse(JSON.parse(data));
    expect(event.type).toBe(type);
    told.push(event);
  });
  for (const piece of pieces) events.piece(piece);
  end(events);
  return told;
}

const pieces: fc.Arbitrary<Piece[]> = fc.array(
  fc.record(
    {
      kind: fc.constantFrom("reasoning" as const, "reasoning" as const, "answer" as const),
      text: fc.string({ minLength: 1, maxLength: 5 }),
      endsStage: fc.boolean(),
    },
    { requiredKeys: ["kind", "text"] },
  ),
  { maxLength: 12 },
);

test("whatever comes in whatever order, events are numbered, what opens closes, and deltas make up the whole", () => {
  fc.assert(
    fc.property(pieces, fc.boolean(), (told, thinks) => {
      const events = eventsOf(told, thinks, (to) => to.finish(outcome, usage));
      expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, at) => at));
      const open: string[] = [];
      for (const { type } of events) {
        const [, subject = "", change = ""] = /^response\.(.+)\.(added|done)$/.exec(type) ?? [];
        if (change === "added") open.push(subject);
        // The texts' ends have no beginning of their own: their parts' is theirs.
        else if (change === "done" && !subject.endsWith("_text")) expect(open.pop()).toBe(subject);
      }
      expect(open).toEqual([]);
      const last = events.at(-1);
      expect(last?.type).toBe("response.completed");
      const items = events.flatMap(({ type, item }) =>
        type === "response.output_item.done" ? (item ?? []) : [],
      );
      expect(last?.response?.output).toEqual(items);
      expect(items.map(({ type }) => type)).toEqual(
        thinks || told.findIndex(({ kind }) => kind === "reasoning") === 0
          ? ["reasoning", "message"]
          : ["message"],
      );
      const joined = (ending: string) =>
        events.flatMap(({ type, delta = "" }) => (type.endsWith(ending) ? delta : [])).join("");
      const firstAnswer = told.findIndex(({ kind }) => kind === "answer");
      const thinking = told.slice(0, firstAnswer === -1 ? told.length : firstAnswer);
      expect(joined("summary_text.delta")).toBe(thinking.map(({ text }) => text).join(""));
      expect(joined("output_text.delta")).toBe(
        told.flatMap(({ kind, text }) => (kind === "answer" ? text : [])).join(""),
      );
    }),
  );
});

test("a response that fails says so last, with the API's error", () => {
  const events = eventsOf([{ kind: "reasoning", text: "hm" }], true, (to) =>
    to.fail(new ApiError("the model is gone", { status: 502, code: "upstream_error" })),
  );
  expect(events.at(-1)).toMatchObject({
    type: "response.failed",
    response: { status: "failed", error: { code: "upstream_error", message: "the model is gone" } },
  });
});

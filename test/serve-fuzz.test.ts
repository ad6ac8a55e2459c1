import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { errorSchema } from "../src/server/openai/reply-schemas.ts";
import { openApiDocument } from "../src/server/openapi.ts";
import { fittingJson } from "./support/json-schema-arbitrary.ts";
import { serve } from "./support/served.ts";

const { schemas } = z
  .object({ schemas: z.record(z.string(), z.unknown()) })
  .parse(openApiDocument("0").components);

/** Requests that are mostly as the document has them, most of them to models that are there. */
function requests(schema: string, wrong: number) {
  const model = fc.constantFrom(
    "vote+scripted/tree",
    "direct+scripted/tree",
    "nano",
    "mcts+scripted/tree",
    "scripted/tree",
  );
  return fc
    .tuple(fittingJson(schemas[schema], wrong), fc.option(model, { freq: 10 }))
    .map(([body, name]) =>
      name === null || typeof body !== "object" || body === null ? body : { ...body, model: name },
    );
}

test.each([
  ["/v1/chat/completions", "ChatRequest"],
  ["/v1/responses", "ResponsesRequest"],
])(
  "whatever is sent to %s is answered or refused in the shape of the API",
  { timeout: 60_000 },
  async (path, schema) => {
    const { url, context } = await serve({ serving: { seconds: 1 } });
    const statuses = new Map<number, number>();
    const send = async (body: unknown): Promise<void> => {
      const reply = await fetch(url + path, { method: "POST", body: JSON.stringify(body) ?? "" });
      const text = await reply.text();
      statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
      expect(reply.status, `${JSON.stringify(body)} ${text}`).toBeLessThan(500);
      if (reply.status !== 200) errorSchema.parse(JSON.parse(text));
      else expect(text, JSON.stringify(body)).not.toContain("server_error");
    };
    await fc.assert(fc.asyncProperty(requests(schema, 0), send), { numRuns: 60 });
    await fc.assert(fc.asyncProperty(requests(schema, 4), send), { numRuns: 120 });
    // Both kinds have to come, or one of them has not been tried.
    expect(statuses.get(200) ?? 0).toBeGreaterThan(5);
    expect(statuses.get(400) ?? 0).toBeGreaterThan(5);
    expect(context.jobs.size).toBe(0);
  },
);

test.each([
  "",
  "{",
  "null",
  "[]",
  '"x"',
  '{"model":1e999}',
  `${"[".repeat(50_000)}`,
  `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`,
])("a body that is no request is refused: %.20s", async (body) => {
  const { url } = await serve();
  const reply = await fetch(`${url}/v1/chat/completions`, { method: "POST", body });
  expect(reply.status).toBe(400);
  errorSchema.parse(await reply.json());
});

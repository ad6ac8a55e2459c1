import { Hono } from "hono";
import { augmentThoughts } from "../../journey/human/augment.ts";
import { memoryRun } from "../../runs/open-run.ts";
import { completeRequest, DEFAULT_MODEL } from "../../strategies/think-request.ts";
import { InputError } from "../../thought/errors.ts";
import type { ServerContext } from "../context.ts";
import { type AugmentReply, type AugmentRequest, augmentRequestSchema } from "./augment-schema.ts";
import { refuse } from "./refuse.ts";

/** Makes more of a thought that a person writes: `POST /augment`. Nothing of it is recorded. */
export function augmentApi(context: Pick<ServerContext, "config" | "registry" | "jobs">): Hono {
  return new Hono()
    .post("/augment", async (c) => {
      const body: unknown = await c.req.json().catch(() => undefined);
      const parsed = augmentRequestSchema.safeParse(body);
      if (!parsed.success) {
        const [mistake] = parsed.error.issues;
        throw new InputError(`nothing to augment: ${mistake?.path.join(".")}: ${mistake?.message}`);
      }
      return c.json(await augment(parsed.data, context, c.req.raw.signal));
    })
    .onError(refuse);
}

async function augment(
  asked: AugmentRequest,
  { config, registry, jobs }: Pick<ServerContext, "config" | "registry" | "jobs">,
  hungUp: AbortSignal,
): Promise<AugmentReply> {
  const writer = asked.writer ?? config.roles?.writer ?? config.model ?? DEFAULT_MODEL;
  if (!registry.open(writer).traits.followsInstructions)
    throw new InputError(`${writer} follows no instructions; name another writer, such as openai/NAME`);
  const job = jobs.begin();
  const { log } = memoryRun({ command: "augment", request: {}, models: { writer }, seed: 0 });
  try {
    const { question, answer, parts, way } = asked;
    const { lines, faults } = await augmentThoughts(
      [{ id: "thought", question, answer, thought: parts }],
      [way],
      {
        ...{ registry, run: log, signal: AbortSignal.any([hungUp, job.signal]) },
        request: completeRequest({ model: writer, roles: { writer } }, { ...config, roles: {} }),
      },
    );
    const made = lines[1];
    if (made === undefined)
      throw new InputError(
        `${Object.keys(faults)[0] ?? "nothing was written"}; try again, or another writer`,
      );
    return { lines: [...made.thought], writer };
  } finally {
    job.end();
    log.finish();
  }
}

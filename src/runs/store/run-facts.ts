import { z } from "zod";
import type { RunManifest, Session } from "../manifest.ts";

/** What the rows of a run's questions take from the run itself. */
export interface RunFacts {
  id: string;
  command: string;
  effort: string | null;
  /** `provider/model` of the policy, where no call tells it. */
  model: string | null;
  sessions: readonly Session[];
}

/** Every command keeps its own request; those that think name an effort in one of two places. */
const effortSchema = z.union([
  z.looseObject({ think: z.looseObject({ effort: z.string() }) }).transform(({ think }) => think.effort),
  z.looseObject({ effort: z.string() }).transform(({ effort }) => effort),
]);

/** The facts of a run, from its `run.json`. */
export function runFacts({ id, command, request, models, sessions }: RunManifest): RunFacts {
  const effort = effortSchema.safeParse(request);
  return {
    id,
    command,
    effort: effort.success ? effort.data : null,
    model: models.policy ?? null,
    sessions,
  };
}

import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { JourneyReply, JourneysReply } from "./journey-schema.ts";
import { reportSectionSchema } from "./report-schema.ts";
import type { FoundFolder } from "./workplace.ts";

/** The files by which a journey is known: what `sojourn journey` writes into its folder, and into that of a stage. */
const REPORT_FILE = "report.json";
/** The report as a page of its own, with all plots. */
export const PAGE_FILE = "report.html";
const STAGE_FILE = "stage.json";

/** A larger file is none that `sojourn journey` writes. */
const MOST_BYTES = 16 << 20;

const pageSchema = z.object({
  title: z.string(),
  headline: z.string(),
  sections: z.array(z.strictObject(reportSectionSchema.shape)),
});

const stageSchema = z.object({
  name: z.string(),
  wallMs: z.number(),
  result: z.record(z.string(), z.json()),
});

const curveSchema = z.array(z.object({ step: z.int().nonnegative(), loss: z.number() }));

/** A folder of `sojourn journey`, with the folders of the stages that are done. */
export interface FoundJourney extends FoundFolder {
  stages: readonly FoundFolder[];
}

/** Which folders are journeys: those with a stage that is done below them. */
export function journeysAmong(folders: readonly FoundFolder[]): FoundJourney[] {
  const done = folders.filter(({ files }) => files.has(STAGE_FILE));
  return folders.flatMap((folder) => {
    const stages = done.filter(({ id }) => id.slice(0, id.lastIndexOf("/")) === folder.id);
    return stages.length === 0 ? [] : [{ ...folder, stages }];
  });
}

/** How a journey stands, for a list. */
export async function readJourneyStanding(journey: FoundJourney): Promise<JourneysReply["rows"][number]> {
  const { id, path, files, stages } = journey;
  const page = files.has(REPORT_FILE) ? await readJson(join(path, REPORT_FILE), pageSchema) : undefined;
  const newest =
    page === undefined ? stages.map((stage) => join(stage.path, STAGE_FILE)) : [join(path, REPORT_FILE)];
  return {
    journey: id,
    title: page?.title ?? `Journey: ${id.slice(id.lastIndexOf("/") + 1)}`,
    headline: page?.headline ?? null,
    stages: new Set(stages.map((stage) => stage.id.replace(/-[0-9a-f]+$/, ""))).size,
    at: Math.max(...(await Promise.all(newest.map(writtenAt)))),
  };
}

/** All that a journey's folder says of it. */
export async function readJourney(journey: FoundJourney): Promise<JourneyReply> {
  const { path, files } = journey;
  const [standing, page, read] = await Promise.all([
    readJourneyStanding(journey),
    readJson(join(path, REPORT_FILE), pageSchema),
    Promise.all(
      journey.stages.map(async (stage) => {
        const file = join(stage.path, STAGE_FILE);
        return { done: await readJson(file, stageSchema), at: await writtenAt(file) };
      }),
    ),
  ]);
  // A stage that was done with other settings before lies there still: the newest one counts.
  const inOrder = read.toSorted((one, other) => one.at - other.at);
  const stages = [...new Map(inOrder.flatMap(({ done }) => (done ? [[done.name, done]] : []))).values()];
  return {
    ...standing,
    sections: page?.sections ?? [],
    page: files.has(PAGE_FILE),
    done: stages.map(({ name, wallMs, result }) => ({ stage: name, wallMs, result: inShort(result) })),
    curves: stages.flatMap(({ name, result }) => {
      const points = curveSchema.safeParse(result["curve"]).data ?? [];
      const values = points.map(({ step, loss }) => ({ step, value: loss }));
      return values.length === 0 ? [] : [{ name, points: values }];
    }),
  };
}

/** The figures of a stage's result, those of its parts in brackets; what is longer stands in its files. */
function inShort(result: z.infer<typeof stageSchema>["result"]): string {
  return Object.entries(result)
    .flatMap(([name, value]) => {
      if (typeof value === "number")
        return [`${name} ${value.toLocaleString("en", { maximumFractionDigits: 3 })}`];
      if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
      const parts = inShort(value);
      return parts === "" ? [] : [`${name} (${parts})`];
    })
    .join(", ");
}

async function readJson<Value>(path: string, schema: z.ZodType<Value>): Promise<Value | undefined> {
  try {
    if ((await stat(path)).size > MOST_BYTES) return undefined;
    return schema.safeParse(JSON.parse(await readFile(path, "utf8"))).data;
  } catch {
    return undefined;
  }
}

async function writtenAt(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
}

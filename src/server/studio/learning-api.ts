import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Context, Hono } from "hono";
import { PROGRESS_FILE } from "../../nano/training/progress-file.ts";
import { findRun } from "../../runs/run-folder.ts";
import { InputError } from "../../thought/errors.ts";
import type { ServerContext } from "../context.ts";
import type { JourneyReply, JourneysReply } from "./journey-schema.ts";
import {
  type FoundJourney,
  journeysAmong,
  PAGE_FILE,
  readJourney,
  readJourneyStanding,
} from "./read-journey.ts";
import { readWoven } from "./read-woven.ts";
import { refuse } from "./refuse.ts";
import { readStanding, readTraining } from "./training-curve.ts";
import type { TrainingReply, TrainingsReply } from "./training-schema.ts";
import { Workplace } from "./workplace.ts";
import type { WovenReply } from "./woven-schema.ts";

/** Trainings and journeys that are listed, the newest ones. */
const LISTED = 300;

/** The path of a journey's page, which is shown as it is and may do nothing. */
export const JOURNEY_PAGE_PATH = "/journeys/page";

/**
 * What is learnt from thinking, out of the folders that the studio looks into: `GET /trainings` and one with its curves,
 * `GET /journeys` and one with its report or as its page, and the long thoughts that a question was woven into.
 */
export function learningApi({
  runsRoot,
  folders,
  clock,
}: Pick<ServerContext, "runsRoot" | "folders" | "clock">): Hono {
  const workplace = new Workplace([runsRoot, ...folders], clock);
  const journeyAsked = async (c: Context): Promise<FoundJourney> => {
    const { id } = await workplace.folder(named(c, "journey"));
    const journey = journeysAmong(await workplace.folders()).find((one) => one.id === id);
    if (journey === undefined) throw new InputError(`${id} holds no journey; see /api/journeys`);
    return journey;
  };
  return new Hono()
    .get("/trainings", async (c) => {
      const found = (await workplace.folders()).filter(({ files }) => files.has(PROGRESS_FILE));
      const rows = await Promise.all(
        found.map(async ({ id, path }) => ({
          training: id,
          ...(await readStanding(join(path, PROGRESS_FILE), clock())),
        })),
      );
      return c.json({ rows: newest(rows) } satisfies TrainingsReply);
    })
    .get("/trainings/curves", async (c) => {
      const { id, path, files } = await workplace.folder(named(c, "training"));
      if (!files.has(PROGRESS_FILE)) throw new InputError(`${id} holds no training; see /api/trainings`);
      const training = await readTraining(join(path, PROGRESS_FILE), clock());
      return c.json({ training: id, ...training } satisfies TrainingReply);
    })
    .get("/journeys", async (c) => {
      const found = journeysAmong(await workplace.folders());
      return c.json({
        rows: newest(await Promise.all(found.map(readJourneyStanding))),
      } satisfies JourneysReply);
    })
    .get("/journeys/report", async (c) =>
      c.json((await readJourney(await journeyAsked(c))) satisfies JourneyReply),
    )
    .get(JOURNEY_PAGE_PATH, async (c) => {
      const { id, path, files } = await journeyAsked(c);
      if (!files.has(PAGE_FILE))
        throw new InputError(`${id} has no page yet; it is written when all stages are done`);
      return c.html(await readFile(join(path, PAGE_FILE), "utf8"));
    })
    .get("/runs/:run/questions/:question/woven", async (c) => {
      const run = findRun(runsRoot, c.req.param("run"));
      const woven = await readWoven(await workplace.folders(), { run, question: c.req.param("question") });
      return c.json(woven satisfies WovenReply);
    })
    .onError(refuse);
}

function named(c: Context, parameter: string): string {
  const id = c.req.query(parameter) ?? "";
  if (id === "") throw new InputError(`say which one: ?${parameter}=NAME, as the list has it`);
  return id;
}

function newest<Row extends { at: number }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((one, other) => other.at - one.at).slice(0, LISTED);
}

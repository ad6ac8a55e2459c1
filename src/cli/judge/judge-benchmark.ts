import { z } from "zod";
import { chooseSolutions } from "../../evaluate/judge/choose-solutions.ts";
import type { JudgeRequest } from "../../evaluate/judge/judge-request.ts";
import { defined } from "../../models/defined.ts";
import { createRegistry } from "../../models/registry.ts";
import { createRun, memoryRun } from "../../runs/open-run.ts";
import { readConfig } from "../../strategies/config.ts";
import type { PartialSettings } from "../../strategies/settings.ts";
import { completeRequest } from "../../strategies/think-request.ts";
import type { Role } from "../../thought/usage.ts";
import { checkNames, runsFolder } from "../commands/ask.ts";
import type { CommandContext } from "../context.ts";
import { problemChoice } from "../problem-choice.ts";
import { noteBadRecords } from "../view/bad-records.ts";
import { plural } from "../view/format.ts";
import { runJudge } from "./judge-session.ts";

/** What to judge, and with what. */
export interface JudgeBenchmark {
  data?: string | undefined;
  limit?: number | undefined;
  model?: string | undefined;
  role?: Partial<Record<Role, string>> | undefined;
  settings: PartialSettings;
  atOnce: number;
  threshold: number;
  record: boolean;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
  config?: string | undefined;
}

/** Judges the recorded solutions of a benchmark in a new run. Returns the exit code. */
export async function judgeBenchmark(
  name: string,
  flags: JudgeBenchmark,
  context: CommandContext,
): Promise<number> {
  const { output, environment } = context;
  const config = readConfig(flags.config);
  const choice = problemChoice(name, flags);
  const { solutions, bad, unlabelled, revision, fingerprint } = await chooseSolutions(choice, {
    environment,
  });
  noteBadRecords(bad, output);
  if (unlabelled > 0) output.note(`${plural(unlabelled, "problem")} without labelled steps left out`);
  const { model, role: roles, settings, atOnce, threshold } = flags;
  // Without a budget of its own a judge would end in the middle of a long solution.
  const asked = { ...defined({ model, roles }), settings, effort: "max", strategy: "direct" } as const;
  const think = completeRequest(asked, config);
  checkNames(think, createRegistry(config));
  const problems = choice.kind === "benchmark" && revision !== undefined ? { ...choice, revision } : choice;
  const request: JudgeRequest = { problems, fingerprint, think, atOnce, threshold };
  const newRun = {
    command: "judge",
    request: z.json().parse(JSON.parse(JSON.stringify(request))),
    models: { policy: think.model, ...think.roles },
    seed: flags.settings.seed ?? config.settings?.seed ?? 0,
  };
  const run = flags.record
    ? createRun(newRun, { root: runsFolder(config.runs, context) })
    : memoryRun(newRun).log;
  if (!flags.json && !flags.quiet) output.note(`judging ${plural(solutions.length, "solution")}`);
  const { json = false, quiet = false } = flags;
  return runJudge(request, solutions, { run, session: { output, environment, config, json, quiet } });
}

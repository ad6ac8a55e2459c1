import type { RunLog } from "../runs/run-log.ts";
import type { Config } from "../strategies/config.ts";
import { resumeAsk } from "./ask-session.ts";
import type { CommandOutput } from "./command-output.ts";

/** What a session over a run has from its command. */
export interface ResumableSession {
  json: boolean;
  quiet: boolean;
  output: CommandOutput;
  config: Config;
  environment: NodeJS.ProcessEnv;
}

/**
 * Goes on with a run of one command and returns the exit code; undefined where the request is none that this version can
 * read.
 */
export type Resume = (
  request: unknown,
  run: RunLog,
  session: ResumableSession,
) => Promise<number> | undefined;

/** How a run is gone on with, by the command that began it. Loaded only where it is needed. */
const byCommand: Readonly<Record<string, () => Promise<Resume>>> = {
  ask: async () => resumeAsk,
  serve: async () => resumeAsk,
  eval: async () => (await import("./eval-session.ts")).resumeEval,
  judge: async () => (await import("./judge/judge-session.ts")).resumeJudge,
  experiment: async () => (await import("./experiment/experiment-session.ts")).resumeExperiment,
  suite: async () => (await import("./suite/suite-session.ts")).resumeSuite,
  distill: async () => (await import("./distill-session.ts")).resumeDistill,
  grow: async () => (await import("./grow-session.ts")).resumeGrow,
};

/** How to go on with runs of this command; undefined where they cannot be resumed. */
export function resumeOf(command: string): Promise<Resume> | undefined {
  return Object.hasOwn(byCommand, command) ? byCommand[command]?.() : undefined;
}

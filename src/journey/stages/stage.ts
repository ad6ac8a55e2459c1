import type { z } from "zod";

/** JSON as stages' settings and results are made of. */
export type Json = z.infer<ReturnType<typeof z.json>>;

/** What a stage made, and where. */
export interface StageDone {
  /** The stage's own folder: its files are what later stages read. */
  folder: string;
  /** What it has to say of them, such as counts and figures. Small; files hold the rest. */
  result: { readonly [name: string]: Json };
  /** Milliseconds that it took over all sessions. */
  wallMs: number;
  /** True where it was found done and not run now. */
  reused: boolean;
}

/** What a stage runs with. */
export interface StagePlace {
  /** Its folder; what an earlier session left there is to be gone on with. */
  folder: string;
  /** What an earlier stage made. Throws for a stage that is not named in `after`. */
  input(name: string): StageDone;
  signal: AbortSignal;
  /** Says how far it is, in one line. */
  progress(line: string): void;
}

/**
 * One stage of a journey. Its result depends on nothing but its settings and the stages that it names, so that a
 * finished one never has to be repeated, and a changed setting repeats only what depends on it.
 */
export interface Stage {
  /** Unique within a journey, kebab-case: `grow-iteration-1`. */
  name: string;
  /** Everything that decides its result, beside its inputs. */
  settings: Json;
  /** The stages whose results it reads. */
  after: readonly string[];
  /** Does the work, or goes on with it. Kept only when it returns; what it throws ends the journey. */
  run(place: StagePlace): Promise<StageDone["result"]>;
}

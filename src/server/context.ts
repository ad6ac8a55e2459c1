import { resolve } from "node:path";
import { createRegistry, type ModelRegistry } from "../models/registry.ts";
import { runsRoot } from "../runs/run-folder.ts";
import type { Config } from "../strategies/config.ts";
import { Jobs } from "./jobs.ts";
import { Metrics } from "./metrics.ts";
import { ServedModels } from "./openai/served-model.ts";
import { DEFAULT_SERVING, type Serving } from "./serving.ts";

/** What every area of the server works with. */
export interface ServerContext {
  /** `sojourn.yaml` as it was when the server started. */
  readonly config: Config;
  /** One for the whole server, so that everybody keeps to the same limits of a backend. */
  readonly registry: ModelRegistry;
  /** The folder that holds all runs. Absolute; it need not exist. */
  readonly runsRoot: string;
  /** Folders that the studio looks into for trainings, journeys and data sets, beside that of the runs. Absolute. */
  readonly folders: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** The thinking that is under way: whoever starts some registers it here, so that a shutdown waits for it. */
  readonly jobs: Jobs;
  readonly metrics: Metrics;
  /** The models that may be asked for. */
  readonly models: ServedModels;
  /** How the operator wants requests to be served. */
  readonly serving: Serving;
}

/** What a context is made of; everything has a default. */
export interface ServerContextOptions {
  config?: Config | undefined;
  /** Default: the models of the config. */
  registry?: ModelRegistry | undefined;
  /** Default: `SOJOURN_RUNS`, else the config's folder, else `./runs`. */
  runsRoot?: string | undefined;
  /** Default: none. */
  folders?: readonly string[] | undefined;
  /** Default: the process's own. */
  environment?: NodeJS.ProcessEnv | undefined;
  /** Default `Date.now`. */
  clock?: (() => number) | undefined;
  serving?: Partial<Serving> | undefined;
}

/** Puts a server's context together. */
export function createServerContext(options: ServerContextOptions = {}): ServerContext {
  const { config = {}, environment = process.env, clock = Date.now, folders = [] } = options;
  const named = (environment["SOJOURN_RUNS"] ?? "") === "" ? config.runs : undefined;
  const registry = options.registry ?? createRegistry(config, environment);
  const serving = { ...DEFAULT_SERVING, ...options.serving };
  return {
    config,
    registry,
    runsRoot: resolve(options.runsRoot ?? named ?? runsRoot(environment)),
    folders: folders.map((folder) => resolve(folder)),
    environment,
    clock,
    jobs: new Jobs(),
    metrics: new Metrics(),
    models: new ServedModels({ config, registry, only: serving.models }),
    serving,
  };
}

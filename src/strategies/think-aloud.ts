import type { LanguageModelV3 } from "@ai-sdk/provider";
import { z } from "zod";
import type { Backend } from "../models/backend.ts";
import { backendOf } from "../models/backend-of.ts";
import { defined } from "../models/defined.ts";
import { createRegistry, type ModelRegistry } from "../models/registry.ts";
import type { Checker } from "../problems/problem.ts";
import type { Reward } from "../rewards/reward.ts";
import { createRun, memoryRun } from "../runs/open-run.ts";
import type { RunLog } from "../runs/run-log.ts";
import { InputError } from "../thought/errors.ts";
import { nearestName } from "../thought/nearest-name.ts";
import { type Question, questionSchema } from "../thought/question.ts";
import type { Role } from "../thought/usage.ts";
import { type Config, readConfig } from "./config.ts";
import type { Effort } from "./effort.ts";
import { LiveThought, type LiveThoughtWork } from "./live-thought.ts";
import type { StrategyEntry } from "./registry.ts";
import { type PartialSettings, partialSettingsSchema } from "./settings.ts";
import type { Strategy, Thinking } from "./strategy.ts";
import { type ThoughtThrough, thinkThrough } from "./think.ts";
import { completeRequest, type ThinkRequest } from "./think-request.ts";

/** A model by its name, as the AI SDK has it, or as a backend of our own. */
export type ModelChoice = string | LanguageModelV3 | Backend;

/**
 * How to think about a question. Everything has a default: nano, `auto`, medium effort, nothing kept on disk. The strategy
 * settings (`samples`, `width`, `temperature`, `budget`, `seed`, ...) stand beside the rest, as on the command line.
 */
export interface ThinkOptions extends Omit<PartialSettings, "reward"> {
  /** A strategy's name, `auto`, or a strategy of your own. Default `auto`. */
  strategy?: string | Strategy | StrategyEntry | undefined;
  effort?: Effort | undefined;
  /** The model of every role that `roles` does not name. Default `nano`. */
  model?: ModelChoice | undefined;
  roles?: Partial<Record<Role, ModelChoice>> | undefined;
  /** Verifies answers by rule: a checker's name, such as `countdown`, or one of your own. Default none. */
  checker?: string | Checker | undefined;
  /** What scores thoughts: a reward's name, or one of your own. Default `auto`. */
  reward?: string | Reward | undefined;
  /** Texts in place of the strategies' prompts, by the prompt's name. */
  prompts?: Readonly<Record<string, string>> | undefined;
  /** Further context for a question or a sub-task, such as stored thoughts. */
  recall?: Thinking["recall"];
  /** Stops the thinking. */
  signal?: AbortSignal | undefined;
  /**
   * Where it is kept: the folder that holds the runs, in which it gets a run of its own, or a run that is open already
   * (it stays open; each of its questions has an id of its own). Default: in memory alone.
   */
  run?: string | RunLog | undefined;
  /** Where models are looked up by name. Default: those of `config`, with keys from the environment. */
  registry?: ModelRegistry | undefined;
  /** Defaults, as `sojourn.yaml` has them, or the path of such a file. Default: no file is read. */
  config?: Config | string | undefined;
  /** Shows pieces of text while they stream. */
  show?: Thinking["show"];
  /** False leaves no OpenTelemetry spans. Default: spans where the program has set OpenTelemetry up. */
  telemetry?: boolean | undefined;
}

/**
 * Thinks about a problem with test-time compute. Await what it returns for the answer, or loop over it for the events.
 *
 * Rejects with an InputError for names and options that do not exist, with a FailureError where the model does not know
 * this kind of question or cannot be reached, and with the signal's reason when it fires.
 *
 * @param problem the question as text, or with a system message and earlier turns
 *
 * @example
 * const { text, usage } = await think("Is 9.11 or 9.7 larger?", { strategy: "vote", samples: 9 });
 *
 * @example
 * for await (const event of think("What is 347 + 586?")) if (event.type === "step-added") console.log(event.text);
 */
export function think(problem: string | Question, options: ThinkOptions = {}): LiveThought {
  return new LiveThought((work) => begin(problem, options, work));
}

async function begin(
  problem: string | Question,
  options: ThinkOptions,
  work: LiveThoughtWork,
): Promise<ThoughtThrough> {
  const { strategy, effort, model, roles = {}, checker, reward, prompts, ...others } = options;
  const { recall, signal, run, registry, config: configured, show, telemetry, ...settings } = others;
  const question = readQuestion(problem);
  const config = typeof configured === "string" ? readConfig(configured) : (configured ?? {});
  const own = new OwnModels();
  const request = completeRequest(
    defined({
      strategy: nameOfStrategy(strategy),
      effort,
      model: model === undefined ? undefined : own.nameOf(model),
      roles: Object.fromEntries(
        Object.entries(roles).flatMap(([role, choice]) =>
          choice === undefined ? [] : [[role, own.nameOf(choice)]],
        ),
      ),
      prompts: { ...prompts },
      settings: readSettings(settings, reward),
    }),
    config,
  );
  const named = [strategy, checker, reward].every((one) => one === undefined || typeof one === "string");
  const repeatable = named && own.size === 0 && registry === undefined && recall === undefined;
  const log = openRun(run, { question, request, checker, repeatable });
  work.opened(log);
  const stopListening = log.onEvent((event) => {
    if (event.question === question.id) work.tell(event);
  });
  const ours = log !== run;
  try {
    const answer = await thinkThrough(question, request, {
      registry: own.over(registry ?? createRegistry(config)),
      run: log,
      entry: ownStrategy(strategy),
      checker: typeof checker === "string" ? await namedChecker(checker) : checker,
      reward: typeof reward === "string" ? undefined : reward,
      signal: signal === undefined ? work.signal : AbortSignal.any([signal, work.signal]),
      ...{ recall, show, telemetry },
    });
    if (ours) log.finish();
    return answer;
  } catch (error) {
    if (ours) log.close(work.signal.aborted || signal?.aborted === true ? "interrupted" : "failed");
    throw error;
  } finally {
    stopListening();
  }
}

function readQuestion(problem: string | Question): Question {
  const question = typeof problem === "string" ? { id: "q1", text: problem } : problem;
  const parsed = questionSchema.safeParse(question);
  if (parsed.success) return parsed.data;
  const [wrong] = parsed.error.issues;
  const where = wrong?.path.join(".") ?? "";
  throw new InputError(
    where === "text"
      ? "the question is empty"
      : `the question's ${where || "form"} is wrong: ${wrong?.message}`,
  );
}

function readSettings(settings: unknown, reward: ThinkOptions["reward"]): PartialSettings {
  const parsed = partialSettingsSchema.safeParse(settings);
  if (parsed.success) return typeof reward === "string" ? { ...parsed.data, reward } : parsed.data;
  const [wrong] = parsed.error.issues;
  if (wrong?.code === "unrecognized_keys") {
    const [unknown = ""] = wrong.keys;
    const near = nearestName(unknown, Object.keys(partialSettingsSchema.shape));
    throw new InputError(`no option "${unknown}"${near === undefined ? "" : `; did you mean ${near}?`}`);
  }
  throw new InputError(`the option ${wrong?.path.join(".")} is wrong: ${wrong?.message}`);
}

function nameOfStrategy(strategy: ThinkOptions["strategy"]): string | undefined {
  return typeof strategy === "string" ? strategy : ownStrategy(strategy)?.name;
}

function ownStrategy(strategy: ThinkOptions["strategy"]): StrategyEntry | undefined {
  if (typeof strategy !== "function") return typeof strategy === "string" ? undefined : strategy;
  return {
    name: strategy.name || "own",
    description: "a strategy of the caller's",
    run: strategy,
    defaults: {},
  };
}

/** Loaded only where one is named: nothing of the gym is on the way of a plain question. */
async function namedChecker(name: string): Promise<Checker> {
  const { findChecker } = await import("../problems/checkers.ts");
  return findChecker(name);
}

/** The run that a question goes into. What names alone describe is kept as an `ask`, which `sojourn resume` can go on with. */
function openRun(
  run: ThinkOptions["run"],
  asked: {
    question: Question;
    request: ThinkRequest;
    checker: ThinkOptions["checker"];
    repeatable: boolean;
  },
): RunLog {
  if (typeof run === "object") return run;
  const { question, request, checker, repeatable } = asked;
  const { settings, configured } = request;
  const kept = { question, think: request, checker: typeof checker === "string" ? checker : undefined };
  const newRun = {
    command: repeatable ? "ask" : "think",
    request: z.json().parse(JSON.parse(JSON.stringify(kept))),
    models: { policy: request.model, ...request.roles },
    seed: settings.seed ?? configured.seed ?? 0,
  };
  return run === undefined ? memoryRun(newRun).log : createRun(newRun, { root: run });
}

/** Models that were given as objects, under the names by which a request can call them. */
class OwnModels {
  readonly #backends = new Map<string, Backend>();
  readonly #names = new Map<Exclude<ModelChoice, string>, string>();

  get size(): number {
    return this.#backends.size;
  }

  nameOf(choice: ModelChoice): string {
    if (typeof choice === "string") return choice;
    const known = this.#names.get(choice);
    if (known !== undefined) return known;
    const backend = "specificationVersion" in choice ? backendOf(choice) : choice;
    let name = backend.traits.name;
    for (let copy = 2; this.#backends.has(name); copy++) name = `${backend.traits.name}#${copy}`;
    this.#names.set(choice, name);
    this.#backends.set(name, backend);
    return name;
  }

  /** A registry in which these models go before all others. */
  over(registry: ModelRegistry): ModelRegistry {
    return {
      open: (name) => this.#backends.get(name) ?? registry.open(name),
      list: () => registry.list(),
    };
  }
}

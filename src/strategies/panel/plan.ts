import { z } from "zod";
import { FailureError } from "../../thought/errors.ts";
import type { Question } from "../../thought/question.ts";
import { type Role, roleSchema } from "../../thought/usage.ts";
import { questionInContext } from "../agents/question-in-context.ts";
import { askForObject } from "../agents/structured.ts";
import type { Thinking } from "../strategy.ts";

/** One part of the question. */
export interface SubTask {
  /** Counted from 1. */
  number: number;
  /** What has to be worked out. */
  task: string;
  /** A question that tells a good analysis from a bad one. */
  check: string;
  /** The score in [0, 1] below which an analysis is sent back. */
  threshold: number;
  /** Whose model works on it. */
  role: Role;
  /** True for the question itself, where it was not broken up: then its result is the answer. */
  whole: boolean;
}

/** How the planner broke the question up. */
export interface Plan {
  tasks: SubTask[];
  /** The answer that it would give without the panel. */
  guess?: string | undefined;
}

/** What an analysis has to reach where the planner gave no threshold, or none within 0 and 1. */
const THRESHOLD = 0.7;

const form = z.object({
  guess: z.string().nullish(),
  tasks: z
    .array(
      z.object({
        task: z.string().trim().min(1),
        check: z.string().nullish(),
        threshold: z.number().nullish(),
        model: z.string().nullish(),
      }),
    )
    .min(1),
});

/**
 * Asks the planner for at most `width` sub-tasks. A sub-task may name one of the models that the roles of this question
 * are played by. Where no usable plan comes, the whole question is the one sub-task. Throws what `askAll` throws.
 */
export async function makePlan(think: Thinking, question: Question): Promise<Plan> {
  const most = think.settings.width;
  const workers = workersOf(think);
  const warn = (text: string): void => think.recorder.emit({ type: "warning-raised", text });
  const prompt = think.prompts("panel-plan", {
    question: questionInContext(question),
    most: String(most),
    models: [...workers.keys()].join(", "),
  });
  let planned: z.infer<typeof form>;
  try {
    planned = await askForObject(think, {
      ...{ role: "planner", site: "plan", form },
      prompt: { messages: [{ role: "user", content: prompt }] },
    });
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    warn(`no plan, so the whole question is one sub-task: ${error.message}`);
    return { tasks: [wholeQuestion(question)] };
  }
  if (planned.tasks.length > most)
    warn(`of ${planned.tasks.length} sub-tasks the first ${most} are worked on; --width allows more`);
  const tasks = planned.tasks.slice(0, most).map(({ task, check, threshold, model }, index): SubTask => {
    const number = index + 1;
    const role = model == null ? "policy" : workers.get(model);
    if (role === undefined)
      warn(`sub-task ${number} names no model at hand (${model}): the policy's takes it`);
    const demanded = threshold ?? THRESHOLD;
    const sound = demanded >= 0 && demanded <= 1;
    if (!sound)
      warn(`the threshold of sub-task ${number} is ${demanded}, not within 0 and 1: ${THRESHOLD} is used`);
    return {
      ...{ number, task, role: role ?? "policy", threshold: sound ? demanded : THRESHOLD, whole: false },
      check: check?.trim() || "Is the result right and complete?",
    };
  });
  const told = tasks.map(
    ({ number, task, check, threshold }) => `${number}. ${task} (${check} ${threshold})`,
  );
  think.recorder.emit({ type: "agent-spoke", agent: "planner", text: told.join("\n") });
  return { tasks, guess: planned.guess?.trim() || undefined };
}

/** The models that follow instructions, by name, and a role that each plays. */
function workersOf({ client }: Thinking): Map<string, Role> {
  const workers = new Map<string, Role>();
  for (const role of roleSchema.options) {
    const { name, followsInstructions } = client.traits(role);
    if (followsInstructions && !workers.has(name)) workers.set(name, role);
  }
  return workers;
}

function wholeQuestion(question: Question): SubTask {
  return {
    ...{
      number: 1,
      task: question.text,
      check: "Is the answer right?",
      threshold: THRESHOLD,
      role: "policy",
    },
    whole: true,
  };
}

import { APICallError } from "@ai-sdk/provider";
import type { ModelTraits, Prompt } from "../../models/client.ts";
import { type ScriptedReply, scriptedBackend } from "../../models/scripted.ts";
import { memoryRun } from "../../runs/open-run.ts";
import type { Event, EventOf, EventType } from "../../thought/event.ts";
import type { Question } from "../../thought/question.ts";
import { type Role, roleSchema } from "../../thought/usage.ts";
import type { PartialSettings } from "../settings.ts";
import { type ThinkThroughOptions, type ThoughtThrough, thinkThrough } from "../think.ts";
import { completeRequest } from "../think-request.ts";

/** What a role says: the same each time, or call by call (the last one again at the end), or by its prompt. */
export type RoleReplies = ScriptedReply | ScriptedReply[] | ((prompt: Prompt, call: number) => ScriptedReply);

/** A question that agents think about, each role's words being given. */
export interface AgentWorld
  extends Pick<ThinkThroughOptions, "checker" | "misses" | "recall" | "reward" | "signal"> {
  strategy: string;
  /** Roles that are left out fail the test when they are asked. */
  says: Partial<Record<Role, RoleReplies | undefined>>;
  /** What the models of the roles can do. Default: they follow instructions and continue a reply. */
  traits?: Partial<Record<Role, Partial<ModelTraits>>>;
  settings?: PartialSettings;
  question?: Question;
  /** Texts in place of prompts. */
  prompts?: Record<string, string>;
  /** Events of an earlier run, to be resumed. */
  logged?: readonly Event[];
}

/** One prompt that came to a role. */
export interface AskedPrompt {
  role: Role;
  prompt: Prompt;
  /** All of it as text. */
  text: string;
}

/** What came of it. */
export interface AgentOutcome {
  result: Promise<ThoughtThrough>;
  events: readonly Event[];
  asked: readonly AskedPrompt[];
}

/** Thinks with agents whose words are given, each role being a model of its own, one call at a time. For tests. */
export function thinkWithAgents(world: AgentWorld): AgentOutcome {
  const { strategy, says, settings, prompts = {}, logged, checker, misses, recall, reward, signal } = world;
  const asked: AskedPrompt[] = [];
  const open = (name: string) => {
    const role = roleSchema.parse(name.replace("scripted/", ""));
    let calls = 0;
    return scriptedBackend({
      name,
      traits: world.traits?.[role] ?? {},
      reply: (prompt) => {
        const { system = "", messages, prefill = "" } = prompt;
        const text = [system, ...messages.map(({ content }) => content), prefill].join("\n");
        asked.push({ role, prompt, text });
        const said = says[role];
        const call = calls++;
        if (said === undefined) throw new RangeError(`nobody expected the ${role} to be asked`);
        if (typeof said === "function") return said(prompt, call);
        return Array.isArray(said) ? (said[Math.min(call, said.length - 1)] ?? "") : said;
      },
    });
  };
  const roles = Object.fromEntries(roleSchema.options.map((role) => [role, `scripted/${role}`]));
  const { log, events } = memoryRun(
    { command: "ask", request: {}, models: {}, seed: 0 },
    { ...(logged === undefined ? {} : { logged }) },
  );
  const { question = { id: "q", text: "What is 6 times 7?" } } = world;
  const request = completeRequest({
    ...{ model: "scripted/policy", roles, strategy, prompts },
    settings: { order: "asked", ...settings },
  });
  const result = thinkThrough(question, request, {
    ...{ registry: { open, list: () => [] }, run: log, checker, misses, recall, reward, signal },
  });
  result.catch(() => {});
  return { result, events, asked };
}

/** The events of one type. */
export function eventsOf<Type extends EventType>(events: readonly Event[], type: Type): EventOf<Type>[] {
  return events.filter((event): event is Event & EventOf<Type> => event.type === type);
}

/** Throws what a backend throws for a request that no retry mends. */
export function refuse(message: string): never {
  throw new APICallError({ message, url: "scripted", requestBodyValues: {}, statusCode: 422 });
}

import {
  type Asked,
  askedSchema,
  type Options,
  optionsSchema,
  type Stopped,
  stoppedSchema,
} from "sojourn/schemas/ask-schema.ts";
import { callApi } from "./client.ts";

/** What is asked, and how it is to be thought about; what is left out is the server's default. */
export interface Asking {
  question: string;
  system?: string | undefined;
  strategy?: string | undefined;
  effort?: string | undefined;
  model?: string | undefined;
  checker?: string | undefined;
  /** Texts in place of the strategies' prompts, by name. */
  prompts?: Readonly<Record<string, string>> | undefined;
}

/** What can be asked of this server. */
export function fetchOptions(signal?: AbortSignal): Promise<Options> {
  return callApi("/api/options", { schema: optionsSchema, signal });
}

/** Starts a run; its thinking can be followed from now on. */
export function askQuestion(asking: Asking): Promise<Asked> {
  return callApi("/api/ask", { schema: askedSchema, body: asking });
}

/** Has a run end with its best answer so far. */
export function stopRun(run: string): Promise<Stopped> {
  return callApi(`/api/runs/${encodeURIComponent(run)}/stop`, { schema: stoppedSchema, body: {} });
}

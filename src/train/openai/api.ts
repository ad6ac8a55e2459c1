import { APICallError } from "@ai-sdk/provider";
import { z } from "zod";
import { readFailure } from "../../models/failures.ts";
import { createFetch } from "../../models/http.ts";
import { retryWaitMs, sleep } from "../../models/retry.ts";
import { hideSecrets, keepSecret } from "../../models/secrets.ts";
import { FailureError, messageOf } from "../../thought/errors.ts";
import { Random } from "../../thought/random.ts";

const fileSchema = z.object({ id: z.string(), filename: z.string().nullish() });

const jobSchema = z.object({
  id: z.string(),
  /** `succeeded`, `failed` and `cancelled` are final. */
  status: z.string(),
  fine_tuned_model: z.string().nullish(),
  trained_tokens: z.number().nullish(),
  error: z.object({ message: z.string().nullish() }).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
});

/** A fine-tuning job as the server describes it. */
export type FineTuningJob = z.infer<typeof jobSchema>;

const eventSchema = z.object({
  id: z.string(),
  message: z.string(),
  type: z.string().nullish(),
  data: z.record(z.string(), z.unknown()).nullish(),
});

/** Something that happened in a job: a message, or with the type `metrics` numbers of a step. */
export type FineTuningEvent = z.infer<typeof eventSchema>;

const listOf = <Item>(item: z.ZodType<Item>) =>
  z.object({ data: z.array(item), has_more: z.boolean().optional() });

/** How a {@link FineTuningApi} reaches its server. */
export interface FineTuningTarget {
  readonly baseUrl: string;
  readonly key: string;
  readonly signal?: AbortSignal | undefined;
}

/** The part of an OpenAI-compatible API that fine-tunes. Requests that may help when sent again are. */
export class FineTuningApi {
  readonly #base: string;
  readonly #key: string;
  readonly #signal: AbortSignal;
  readonly #fetch = createFetch();
  readonly #random = new Random("fine-tuning");

  constructor({ baseUrl, key, signal = new AbortController().signal }: FineTuningTarget) {
    [this.#base, this.#key, this.#signal] = [baseUrl.replace(/\/$/, ""), key, signal];
    keepSecret(key);
  }

  /** Uploads a JSONL file and returns its id. */
  async upload(filename: string, content: string): Promise<string> {
    const boundary = `sojourn-${filename.replaceAll(/[^a-z0-9]/gi, "")}`;
    const body = [
      `--${boundary}\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nfine-tune\r\n`,
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\n`,
      `Content-Type: application/jsonl\r\n\r\n${content}\r\n--${boundary}--\r\n`,
    ].join("");
    const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
    return (await this.#ask("POST", "/files", fileSchema, { headers, body })).id;
  }

  /** The id of a file that was uploaded under this name; undefined where there is none. */
  async findFile(filename: string): Promise<string | undefined> {
    const { data } = await this.#ask("GET", "/files?purpose=fine-tune", listOf(fileSchema));
    return data.find((file) => file.filename === filename)?.id;
  }

  async createJob(request: object): Promise<FineTuningJob> {
    const headers = { "content-type": "application/json" };
    return this.#ask("POST", "/fine_tuning/jobs", jobSchema, { headers, body: JSON.stringify(request) });
  }

  /** The newest job that was created with this key in its metadata; undefined where there is none. */
  async findJob(key: string): Promise<FineTuningJob | undefined> {
    const { data } = await this.#ask("GET", "/fine_tuning/jobs?limit=100", listOf(jobSchema));
    return data.find(({ metadata }) => metadata?.["sojourn"] === key);
  }

  async job(id: string): Promise<FineTuningJob> {
    return this.#ask("GET", `/fine_tuning/jobs/${id}`, jobSchema);
  }

  /** The newest events of a job, oldest first. */
  async events(id: string): Promise<FineTuningEvent[]> {
    const { data } = await this.#ask("GET", `/fine_tuning/jobs/${id}/events?limit=100`, listOf(eventSchema));
    return data.toReversed();
  }

  async #ask<Reply>(
    method: "GET" | "POST",
    path: string,
    schema: z.ZodType<Reply>,
    { headers = {}, body }: { headers?: Record<string, string>; body?: string } = {},
  ): Promise<Reply> {
    for (let retries = 0; ; retries++) {
      try {
        const init = {
          method,
          headers: { ...headers, authorization: `Bearer ${this.#key}` },
          signal: this.#signal,
        };
        const response = await this.#fetch(`${this.#base}${path}`, {
          ...init,
          ...(body !== undefined && { body }),
        });
        const text = await response.text();
        if (!response.ok) throw refusal(`${this.#base}${path}`, response, text);
        return schema.parse(JSON.parse(text));
      } catch (error) {
        this.#signal.throwIfAborted();
        const wait = retryWaitMs(readFailure(error), retries, this.#random);
        // A job that may have been created is looked for before another one is.
        if (wait === undefined || (method === "POST" && path === "/fine_tuning/jobs")) {
          throw new FailureError(`${this.#base}${path}: ${hideSecrets(reasonOf(error))}`, error);
        }
        await sleep(wait, this.#signal);
      }
    }
  }
}

function refusal(url: string, response: Response, text: string): APICallError {
  return new APICallError({
    ...{ message: response.statusText || `status ${response.status}`, url, requestBodyValues: {} },
    ...{
      statusCode: response.status,
      responseHeaders: Object.fromEntries(response.headers),
      responseBody: text,
    },
  });
}

const errorBodySchema = z.object({ error: z.object({ message: z.string() }) });

/** What the server says is wrong, else what the error says. */
function reasonOf(error: unknown): string {
  if (!APICallError.isInstance(error)) return messageOf(error);
  try {
    const { message } = errorBodySchema.parse(JSON.parse(error.responseBody ?? "")).error;
    return `${error.statusCode} ${message}`;
  } catch {
    return `${error.statusCode} ${error.message}`;
  }
}

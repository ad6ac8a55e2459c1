import { z } from "zod";

/** What the server refused, in its own words: one line that says how to mend it. */
export class ApiError extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.name = "ApiError";
    this.status = status;
  }
}

/** What a reply of the API is asked with. */
export interface ApiRequest<Reply> {
  /** Reads the reply; one that does not fit is an error, never a surprise further on. */
  schema: z.ZodType<Reply>;
  /** Search parameters; those that are undefined or empty are left out. */
  query?: Readonly<Record<string, string | number | undefined>> | undefined;
  /** Sent as JSON; makes the request a POST. */
  body?: unknown;
  signal?: AbortSignal | undefined;
}

const errorSchema = z.object({ error: z.object({ message: z.string() }) });

/** The address of a request with its search parameters. */
export function addressOf(path: string, query: ApiRequest<unknown>["query"] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return search.size === 0 ? path : `${path}?${search}`;
}

/**
 * Asks the studio's API. Throws an ApiError with the server's own line for whatever it refuses, and for a reply that is
 * not what this studio understands.
 */
export async function callApi<Reply>(path: string, request: ApiRequest<Reply>): Promise<Reply> {
  const { schema, query, body, signal } = request;
  const response = await fetch(addressOf(path, query), {
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    headers: body === undefined ? {} : { "content-type": "application/json" },
    signal: signal ?? null,
  });
  if (!response.ok) throw await refusalOf(response);
  const parsed = schema.safeParse(await response.json());
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ApiError(
    `the server's reply to ${path} is not understood (${issue?.path.join(".")}: ${issue?.message}); rebuild the studio with npm run build`,
    response.status,
  );
}

/** The error that a refused request stands for. */
export async function refusalOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  let message = `the server answered ${response.status} ${response.statusText}`;
  try {
    message = errorSchema.parse(JSON.parse(text)).error.message;
  } catch {
    // Not one of the server's own errors: a proxy's page, or nothing at all.
  }
  return new ApiError(message, response.status);
}

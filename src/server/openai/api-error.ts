import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { z } from "zod";
import { FormNotKeptError } from "../../strategies/in-form.ts";
import { InputError, messageOf, SojournError } from "../../thought/errors.ts";
import { ShutdownError } from "../jobs.ts";

/** What an {@link ApiError} says beside its message. */
export interface ApiErrorDetails {
  status: ContentfulStatusCode;
  /** The API's kind of error. Default `invalid_request_error`. */
  type?: string | undefined;
  /** A word for programs, such as `model_not_found`. */
  code?: string | undefined;
  /** The parameter that is to blame. */
  param?: string | undefined;
  /** Seconds after which it may be worth trying again. */
  retryAfter?: number | undefined;
}

/** An error in the shape of the OpenAI API: its status, and a body that every client of that API reads. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: ContentfulStatusCode;
  readonly retryAfter: number | undefined;
  readonly #details: ApiErrorDetails;

  constructor(message: string, details: ApiErrorDetails) {
    super(message);
    this.status = details.status;
    this.retryAfter = details.retryAfter;
    this.#details = details;
  }

  /** What goes over the wire. */
  get body(): { error: { message: string; type: string; param: string | null; code: string | null } } {
    const { type = "invalid_request_error", param = null, code = null } = this.#details;
    return { error: { message: this.message, type, param, code } };
  }
}

/** Whatever was thrown as an error of the API. What is no error of the client's is named without its details. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const message = messageOf(error);
  if (error instanceof InputError) return new ApiError(message, { status: 400 });
  if (error instanceof FormNotKeptError)
    return new ApiError(message, { status: 422, code: "form_not_kept", param: "response_format" });
  if (error instanceof ShutdownError)
    return new ApiError(message, { status: 503, type: "server_error", code: "shutting_down", retryAfter: 5 });
  if (error instanceof SojournError)
    return new ApiError(message, { status: 502, type: "server_error", code: "upstream_error" });
  return new ApiError("the server has failed; its log says why", { status: 500, type: "server_error" });
}

/**
 * What a body that does not fit its schema is refused with: the first thing that is wrong, and where.
 *
 * @param unsupported why parameters that the API has are not supported here, by name
 */
export function invalidBody(error: z.ZodError, unsupported: Readonly<Record<string, string>>): ApiError {
  const [wrong] = error.issues;
  const path = wrong?.path ?? [];
  const param = path.reduce<string>(
    (name, key) =>
      typeof key === "number" ? `${name}[${key}]` : name === "" ? String(key) : `${name}.${String(key)}`,
    "",
  );
  if (wrong?.code === "unrecognized_keys") {
    const unknown = [param, wrong.keys[0]].filter((part) => part !== "").join(".");
    return new ApiError(`Unknown parameter: '${unknown}'.`, {
      status: 400,
      code: "unknown_parameter",
      param: unknown,
    });
  }
  const reason = unsupported[String(path[0] ?? "")];
  if (reason !== undefined)
    return new ApiError(`Unsupported value: '${param}': ${reason}.`, {
      status: 400,
      code: "unsupported_value",
      param,
    });
  return new ApiError(`Invalid value for '${param || "body"}': ${wrong?.message ?? "it has another form"}.`, {
    status: 400,
    code: "invalid_value",
    param,
  });
}

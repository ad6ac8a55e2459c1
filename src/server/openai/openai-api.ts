import { randomBytes } from "node:crypto";
import { type Context, Hono } from "hono";
import type { AccessVariables } from "../access/guard.ts";
import type { ServerContext } from "../context.ts";
import { sendError } from "../send-error.ts";
import { ApiError } from "./api-error.ts";
import { chat } from "./chat.ts";
import { type Exchange, refusalOf } from "./exchange.ts";
import { responses } from "./responses.ts";

/** The OpenAI-compatible API, to be mounted at `/v1`. */
export function openaiApi(context: ServerContext): Hono<AccessVariables> {
  const app = new Hono<AccessVariables>();
  const startedAt = Math.floor(context.clock() / 1000);
  app.use(async (c, next) => {
    await next();
    c.header("x-request-id", `req_${randomBytes(12).toString("hex")}`);
  });
  app.post("/chat/completions", async (c) => chat(await jsonBody(c.req.raw), exchangeOf(c, context)));
  app.post("/responses", async (c) => responses(await jsonBody(c.req.raw), exchangeOf(c, context)));
  app.get("/models", (c) => c.json({ object: "list", data: context.models.list(startedAt) }));
  app.get("/models/:name{.+}", (c) => {
    const name = c.req.param("name");
    const found = context.models.list(startedAt).find(({ id }) => id === name);
    if (found !== undefined) return c.json(found);
    throw new ApiError(`The model '${name}' is not listed.`, {
      status: 404,
      code: "model_not_found",
      param: "model",
    });
  });
  app.all("*", (c) => {
    throw new ApiError(`There is nothing at ${c.req.method} ${c.req.path}.`, {
      status: 404,
      code: "unknown_url",
    });
  });
  app.onError(sendError);
  return app;
}

/** Counts the request against its key. Throws an ApiError where the key may send none now. */
function exchangeOf(c: Context<AccessVariables>, context: ServerContext): Exchange {
  const account = c.get("account");
  const refusal = account?.take();
  if (refusal !== undefined) throw refusalOf(refusal);
  return { context, account, signal: c.req.raw.signal };
}

async function jsonBody(request: Request): Promise<unknown> {
  const text = await request.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError("The body is no JSON.", { status: 400, code: "invalid_json" });
  }
}

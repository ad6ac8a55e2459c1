import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";
import { sojournVersion } from "../runs/versions.ts";
import { type Access, type AccessVariables, guard } from "./access/guard.ts";
import type { ServerContext } from "./context.ts";
import { ApiError } from "./openai/api-error.ts";
import { openaiApi } from "./openai/openai-api.ts";
import { openApiDocument } from "./openapi.ts";
import { sendError } from "./send-error.ts";
import { staticFiles } from "./static-files.ts";
import { annotationsApi } from "./studio/annotations-api.ts";
import { askApi } from "./studio/ask-api.ts";
import { augmentApi } from "./studio/augment-api.ts";
import { compareApi } from "./studio/compare-api.ts";
import { JOURNEY_PAGE_PATH, learningApi } from "./studio/learning-api.ts";
import { reportsApi } from "./studio/reports-api.ts";
import { storeApi } from "./studio/store-api.ts";

/** What the studio's pages may load: their own files alone. KaTeX sets styles on its elements. */
const CONTENT_SECURITY = {
  defaultSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", "data:", "blob:"],
  fontSrc: ["'self'", "data:"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
  formAction: ["'self'"],
};

/** A page that others wrote is shown by itself: it runs nothing, loads nothing, and is of no origin. */
const FOREIGN_PAGE =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

/** The whole server as one hono app: each area is a sub-app of its own. */
export function createApp(context: ServerContext, access: Access = {}): Hono<AccessVariables> {
  const app = new Hono<AccessVariables>();
  app.onError(sendError);
  app.use(async (c, next) => {
    await next();
    context.metrics.answered(areaOf(c.req.path), c.res.status);
  });
  if (access.origins !== undefined && access.origins.length > 0)
    app.use(cors({ origin: [...access.origins] }));
  app.use(`/api${JOURNEY_PAGE_PATH}`, async (c, next) => {
    await next();
    c.header("content-security-policy", FOREIGN_PAGE);
  });
  app.use(secureHeaders({ contentSecurityPolicy: CONTENT_SECURITY, strictTransportSecurity: false }));
  app.use(guard(access));
  app.use(bodyLimit({ maxSize: context.serving.bodyBytes, onError: refuseBody(context.serving.bodyBytes) }));
  app.get("/health", (c) => c.json({ status: context.jobs.closing ? "closing" : "ok" }));
  app.get("/openapi.json", (c) => c.json(openApiDocument(sojournVersion())));
  app.get("/metrics", async (c) => {
    const { text, type } = await context.metrics.text();
    return c.text(text, 200, { "content-type": type });
  });
  app.route("/v1", openaiApi(context));
  app.route("/api", askApi(context));
  app.route("/api", storeApi(context));
  app.route("/api", annotationsApi(context));
  app.route("/api", augmentApi(context));
  app.route("/api", compareApi(context));
  app.route("/api", reportsApi(context));
  app.route("/api", learningApi(context));
  app.all("/api/*", (c) => c.json({ error: { message: `there is nothing at ${c.req.path}` } }, 404));
  app.route("/", staticFiles());
  return app;
}

function refuseBody(bytes: number): () => never {
  return () => {
    throw new ApiError(`A request may have ${bytes} bytes.`, { status: 413, code: "request_too_large" });
  };
}

/** The part of the server that a path belongs to: paths themselves come from clients, and are no label. */
function areaOf(path: string): string {
  const known = [
    "/v1/chat/completions",
    "/v1/responses",
    "/v1/models",
    "/health",
    "/metrics",
    "/openapi.json",
    "/api",
  ];
  return known.find((area) => path === area || path.startsWith(`${area}/`)) ?? "other";
}

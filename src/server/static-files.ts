import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";

/** Where the build puts the studio. From the sources that is `dist/studio` as well. */
const STUDIO = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "../../dist/studio" : "../studio", import.meta.url),
);

const NOT_BUILT =
  "The studio is not built: run npm run build. The API is at /v1, its description at /openapi.json.\n";

/** Names with a hash of their content, which may be kept for good. */
const LASTING = /^\/assets\//;

/**
 * Serves the studio's files, and `index.html` for every path that is none of them, since the studio's views have addresses
 * of their own. It never leaves its folder.
 *
 * @param folder default: where the build puts the studio
 */
export function staticFiles(folder: string = STUDIO): Hono {
  const app = new Hono();
  if (!existsSync(folder)) return app.get("*", (c) => c.text(NOT_BUILT, 404));
  app.use(async (c, next) => {
    await next();
    const page = c.res.headers.get("content-type")?.startsWith("text/html") === true;
    const lasting = LASTING.test(c.req.path) && !page;
    c.header("cache-control", lasting ? "public, max-age=31536000, immutable" : "no-cache");
  });
  app.get("*", serveStatic({ root: folder }), serveStatic({ root: folder, path: "index.html" }));
  return app;
}

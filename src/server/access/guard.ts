import type { MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { ApiError } from "../openai/api-error.ts";
import type { Account } from "./account.ts";
import type { KeyRing } from "./key-ring.ts";

/** Who may send requests. */
export interface Access {
  /** The keys that are taken; without one none is asked for. */
  keys?: KeyRing | undefined;
  /** Names by which the server may be called, besides those of this machine. */
  hosts?: readonly string[] | undefined;
  /** Web pages from elsewhere that may call it, such as `https://example.com`. */
  origins?: readonly string[] | undefined;
}

/** What a request brings along to whoever answers it. */
export interface AccessVariables {
  Variables: { account: Account | undefined };
}

/** What is there for everybody: it tells nothing. */
const OPEN = new Set(["/health", "/openapi.json"]);
const CLOSED = /^\/(?:v1|api|metrics)(?:\/|$)/;
/** Where the studio has models think without counting it against a key. */
const UNCOUNTED = new Set(["/api/ask", "/api/augment"]);
const COOKIE = "sojourn_key";

/**
 * Refuses requests that reach the server under a name that is not its own, which is how a web page makes a browser ask
 * servers of the machine it runs on (DNS rebinding); requests from pages of other servers; and, where there are keys,
 * requests without one. A browser may bring its key as `?key=` once, and keeps it as a cookie.
 */
export function guard({ keys, hosts = [], origins = [] }: Access): MiddlewareHandler<AccessVariables> {
  const asked = keys !== undefined && keys.size > 0;
  return async (c, next) => {
    const host = c.req.header("host") ?? "";
    // With keys a foreign page has none to send, so that any name will do unless names were given.
    if (!isOwnName(nameOf(host), hosts) && !(asked && hosts.length === 0))
      throw new ApiError(
        `The server does not answer to the name ${nameOf(host)}; allow it with --allow-host.`,
        {
          ...{ status: 403, type: "permission_error", code: "unknown_host" },
        },
      );
    const origin = c.req.header("origin");
    if (
      origin !== undefined &&
      origin !== `http://${host}` &&
      origin !== `https://${host}` &&
      !origins.includes(origin)
    )
      throw new ApiError(`The page ${origin} may not call this server; allow it with --allow-origin.`, {
        ...{ status: 403, type: "permission_error", code: "unknown_origin" },
      });
    if (!asked || OPEN.has(c.req.path)) return next();

    const { key: offered } = c.req.query();
    if (offered !== undefined && !CLOSED.test(c.req.path) && keys.find(offered) !== undefined) {
      setCookie(c, COOKIE, offered, { httpOnly: true, sameSite: "Strict", path: "/", maxAge: 30 * 86_400 });
      return c.redirect(c.req.path, 303);
    }
    if (!CLOSED.test(c.req.path)) return next();
    const bearer = /^Bearer\s+(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    const account = keys.find(bearer ?? getCookie(c, COOKIE) ?? "");
    if (account === undefined)
      throw new ApiError(
        "A key is needed: Authorization: Bearer KEY. The operator makes one with sojourn serve keys add NAME.",
        {
          ...{ status: 401, type: "authentication_error", code: "invalid_api_key" },
        },
      );
    if (account.limited && UNCOUNTED.has(c.req.path))
      throw new ApiError("This key has limits, and the studio counts none; ask over /v1 instead.", {
        ...{ status: 403, type: "permission_error", code: "limited_key" },
      });
    c.set("account", account);
    return next();
  };
}

/** The name in a Host header, without its port. */
function nameOf(host: string): string {
  return host.replace(/:\d+$/, "").toLowerCase();
}

function isOwnName(name: string, hosts: readonly string[]): boolean {
  const local =
    name === "localhost" || name.endsWith(".localhost") || name === "127.0.0.1" || name === "[::1]";
  return local || hosts.includes(name);
}

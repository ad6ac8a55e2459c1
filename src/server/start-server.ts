import type { Server } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";
import { FailureError, InputError, messageOf } from "../thought/errors.ts";
import type { Access } from "./access/guard.ts";
import { createApp } from "./app.ts";
import type { ServerContext } from "./context.ts";

/** Where a server listens. */
export interface ServerOptions {
  /** Default 127.0.0.1. */
  host?: string | undefined;
  /** 0 takes a free one. Default 0. */
  port?: number | undefined;
  /** Who may send requests. Default: everybody on this machine. */
  access?: Access | undefined;
  /** How long a client may take to send the head of a request, and all of it. Default 10 s and 30 s. */
  patience?: { headersMs: number; requestMs: number } | undefined;
}

/** A server that listens. */
export interface RunningServer {
  /** Its address, without a path: `http://127.0.0.1:2718`. */
  readonly url: string;
  /** Takes no more requests, waits for what is under way as {@link Jobs.close} does, and closes every connection. */
  close(patience?: { graceMs: number; settleMs: number }): Promise<void>;
}

/** How long the last replies may take to reach their clients. */
const SEND_MS = 1_000;

/** Who takes longer wants to hold a connection, not an answer. */
const PATIENCE = { headersMs: 10_000, requestMs: 30_000 };

/**
 * Starts to listen. Throws an InputError for an address that other machines reach as long as no key is asked for, and a
 * FailureError where the address cannot be had.
 */
export async function startServer(
  context: ServerContext,
  { host = "127.0.0.1", port = 0, access = {}, patience: given = PATIENCE }: ServerOptions = {},
): Promise<RunningServer> {
  if (!isLoopback(host) && (access.keys?.size ?? 0) === 0)
    throw new InputError(
      `other machines can reach ${host}, so a key is needed: make one with sojourn serve keys add NAME`,
    );
  const app = createApp(context, access);
  const server = createAdaptorServer({
    fetch: app.fetch,
    // The process's own Request and Response stay what they are: the models' clients use them too.
    overrideGlobalObjects: false,
    serverOptions: {
      headersTimeout: given.headersMs,
      requestTimeout: given.requestMs,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 65_000,
    },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: Error): void =>
      reject(
        new FailureError(`cannot listen on ${host}:${port}: ${messageOf(error)}; try another --port`, error),
      );
    server.once("error", refuse).listen(port, host, () => {
      server.off("error", refuse);
      resolve();
    });
  });
  const address = server.address();
  const listening = address === null || typeof address === "string" ? port : address.port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${listening}`,
    async close(patience = { graceMs: 0, settleMs: 0 }) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await context.jobs.close(patience);
      access.keys?.close();
      // What has just been answered has still to go out.
      const closing = setInterval(() => server.closeIdleConnections(), 10);
      await Promise.race([closed, wait(SEND_MS, undefined, { ref: false })]);
      clearInterval(closing);
      server.closeAllConnections();
      await closed;
    },
  };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

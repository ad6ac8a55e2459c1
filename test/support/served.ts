import OpenAI from "openai";
import { onTestFinished } from "vitest";
import { createRegistry } from "../../src/models/registry.ts";
import { type Endpoint, type EndpointOptions, startEndpoint } from "../../src/models/testing/index.ts";
import {
  createServerContext,
  type RunningServer,
  type ServerContext,
  type ServerContextOptions,
  type ServerOptions,
  startServer,
} from "../../src/server/index.ts";

/** A server over a testing endpoint, and the official client of its API. */
export interface Served {
  url: string;
  server: RunningServer;
  context: ServerContext;
  /** What plays `vllm/...`. */
  endpoint: Endpoint;
  client: OpenAI;
}

/** Starts a server whose models of `vllm/` are played by a testing endpoint; both end with the test. */
export async function serve(
  options: Omit<ServerContextOptions, "registry"> & {
    endpoint?: EndpointOptions;
    access?: ServerOptions["access"];
    patience?: ServerOptions["patience"];
  } = {},
): Promise<Served> {
  const endpoint = await startEndpoint(options.endpoint ?? {});
  const providers = { vllm: { baseUrl: endpoint.url } };
  const context = createServerContext({
    environment: {},
    ...options,
    registry: createRegistry({ providers }, {}),
  });
  const server = await startServer(context, { access: options.access, patience: options.patience });
  onTestFinished(async () => {
    await server.close();
    await endpoint.close();
  });
  const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: "none", maxRetries: 0 });
  return { url: server.url, server, context, endpoint, client };
}

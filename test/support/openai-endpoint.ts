import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { type Endpoint, type EndpointOptions, startEndpoint } from "../../src/models/testing/index.ts";

/** An endpoint that this process takes for OpenAI's until the test ends, while its runs are kept in `folder`. */
export async function openAiEndpoint(folder: string, options: EndpointOptions): Promise<Endpoint> {
  const endpoint = await startEndpoint(options);
  vi.stubEnv("SOJOURN_RUNS", join(folder, "runs"));
  vi.stubEnv("OPENAI_BASE_URL", endpoint.url);
  vi.stubEnv("OPENAI_API_KEY", "none");
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await endpoint.close();
  });
  return endpoint;
}

import type { ModelClient, Sample, SampleRequest } from "../../models/client.ts";
import { ROOT } from "../../thought/tree.ts";
import { movedId } from "./stage-recorder.ts";

/**
 * The client of one stage of a question that is thought about in several: what it asks for bears the ids that its nodes
 * have in the shared tree. So no two stages ask for the same sample, however the calls of the stage before ended.
 */
export function stageClient(client: ModelClient, offset: number): ModelClient {
  if (offset === 0) return client;
  const movedRequest = (request: SampleRequest): SampleRequest => ({
    ...request,
    site: movedId(request.site, offset),
    firstSample: (request.firstSample ?? 0) + shiftOf(request, offset),
  });
  const back = (request: SampleRequest, sample: Sample): Sample => ({
    ...sample,
    index: sample.index - shiftOf(request, offset),
  });
  return {
    traits: (role) => client.traits(role),
    sample: (request) =>
      client.sample(movedRequest(request)).map(async (pending) => back(request, await pending)),
    generate: async (request) =>
      (await client.generate(movedRequest(request))).map((sample) => back(request, sample)),
  };
}

/** Below the root the index of a sample is the ordinal of a branch; elsewhere the node's own id sets stages apart. */
function shiftOf({ site }: SampleRequest, offset: number): number {
  return site.endsWith(`:${ROOT}`) ? offset : 0;
}

import { messageOf } from "../../thought/errors.ts";
import { answerFromBundle } from "./bundle-api.ts";
import { type BundleData, bundleDataSchema, DATA_FILE } from "./bundle-data.ts";

/**
 * The first script of a bundle's page. It answers what the studio asks `/api/` out of the files beside it, so that the studio
 * itself is the same with and without a server.
 */
const ask = globalThis.fetch.bind(globalThis);
let data: Promise<BundleData> | undefined;

globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input, "http://bundle");
  if (!url.pathname.startsWith("/api/")) return ask(input, init);
  try {
    data ??= ask(`/${DATA_FILE}`).then(async (reply) => bundleDataSchema.parse(await reply.json()));
    const reply = answerFromBundle(await data, url);
    return "file" in reply ? await ask(`/${reply.file}`) : Response.json(reply.json);
  } catch (error) {
    return Response.json({ error: { message: messageOf(error) } }, { status: 400 });
  }
};

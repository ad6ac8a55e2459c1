import { createServer } from "node:http";
import { z } from "zod";

const bodySchema = z.record(z.string(), z.json());

/** One request as it came in. */
export interface ReceivedJson {
  path: string;
  headers: NodeJS.Dict<string | string[]>;
  body: z.infer<typeof bodySchema>;
}

/** What to answer: JSON, or with a status and a text of its own. */
export type JsonAnswer = object | { status: number; text: string; type?: string };

const plainSchema = z.object({ status: z.int(), text: z.string(), type: z.string().optional() });

/** A server on this machine that answers each request by a function and keeps what was sent. */
export async function jsonServer(answer: (request: ReceivedJson, number: number) => JsonAnswer) {
  const received: ReceivedJson[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = bodySchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
    const got = { path: request.url ?? "", headers: request.headers, body };
    received.push(got);
    const said = answer(got, received.length - 1);
    const plain = plainSchema.safeParse(said);
    const { status, text, type } = plain.success
      ? plain.data
      : { status: 200, text: JSON.stringify(said), type: undefined };
    response.writeHead(status, { "content-type": type ?? "application/json" }).end(text);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

import { Agent, type IncomingMessage, request } from "node:http";
import { sharedNow } from "./child.ts";

/** The text of a chunk. Read off it rather than parsed: the client shares the machine with what it measures. */
const TEXT = /"(?:content|reasoning_content)":("(?:[^"\\]|\\.)+")/;

/** A piece that came, and when. */
export interface ReceivedPiece {
  text: string;
  at: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/**
 * Asks for a streamed chat completion and takes its pieces with the time of each. Rejects for another status and a stream
 * without an end.
 *
 * @param options.leaveAfter hangs up after so many pieces
 */
export async function readStream(
  url: string,
  body: { model: string; question: string },
  { leaveAfter = Number.POSITIVE_INFINITY } = {},
): Promise<{ pieces: ReceivedPiece[]; leftAt: number | undefined }> {
  const sent = JSON.stringify({
    ...{ model: body.model, stream: true },
    messages: [{ role: "user", content: body.question }],
  });
  const asking = request(`${url}/chat/completions`, {
    method: "POST",
    agent,
    headers: { "content-type": "application/json" },
  });
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    asking.on("error", reject).on("response", resolve).end(sent);
  });
  if (reply.statusCode !== 200) throw new Error(`status ${reply.statusCode}`);
  const pieces: ReceivedPiece[] = [];
  let rest = "";
  let done = false;
  for await (const bytes of reply.setEncoding("utf8")) {
    const at = sharedNow();
    const lines = (rest + String(bytes)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "data: [DONE]") done = true;
      else if (line.startsWith("data: ")) {
        const text = TEXT.exec(line)?.[1];
        if (text !== undefined) pieces.push({ text: String(JSON.parse(text)), at });
      }
    }
    if (pieces.length >= leaveAfter) {
      const leftAt = sharedNow();
      reply.destroy();
      return { pieces, leftAt };
    }
  }
  if (!done) throw new Error("the stream ended in its middle");
  return { pieces, leftAt: undefined };
}

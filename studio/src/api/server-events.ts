/** One message of a stream of server-sent events. */
export interface ServerMessage {
  /** `message` where the server names none. */
  event: string;
  data: string;
  /** What a new connection asks to go on behind. */
  id?: string | undefined;
}

/**
 * Reads the server-sent events of a reply as they come, whatever pieces they come in. `EventSource` would do the same, but
 * hides why a server refused, and asks again at once where it should not.
 */
export async function* readServerEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerMessage, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      const blocks = rest.split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const message = readBlock(block);
        if (message !== undefined) yield message;
      }
    }
  } finally {
    // Whoever stops reading closes the connection.
    await reader.cancel().catch(() => {});
  }
}

/** Reads one block; undefined for a comment. */
function readBlock(block: string): ServerMessage | undefined {
  const data: string[] = [];
  let event = "message";
  let id: string | undefined;
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const value = line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    const field = line.slice(0, colon);
    if (field === "data") data.push(value);
    else if (field === "event") event = value;
    else if (field === "id") id = value;
  }
  return data.length === 0 ? undefined : { event, data: data.join("\n"), id };
}

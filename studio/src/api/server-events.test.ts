import fc from "fast-check";
import { expect, test } from "vitest";
import { readServerEvents, type ServerMessage } from "./server-events.ts";

async function read(pieces: Uint8Array[]): Promise<ServerMessage[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const messages: ServerMessage[] = [];
  for await (const message of readServerEvents(body)) messages.push(message);
  return messages;
}

test("a stream reads the same in whatever pieces it comes", async () => {
  const texts = fc.array(fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text)));
  await fc.assert(
    fc.asyncProperty(texts, fc.integer({ min: 1, max: 20 }), async (said, size) => {
      const stream = said.map((data, line) => `:\n\nid: ${line}\nevent: event\ndata: ${data}\n\n`).join("");
      const bytes = new TextEncoder().encode(stream);
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, place) =>
        bytes.slice(place * size, (place + 1) * size),
      );
      expect(await read(pieces)).toEqual(
        said.map((data, line) => ({ event: "event", data, id: String(line) })),
      );
    }),
  );
});

test("lines of data are joined, comments passed over, and a message without its end is left", async () => {
  const bytes = new TextEncoder().encode(": comment\n\ndata: a\ndata:b\r\n\r\nevent: end\ndata: {}");
  expect(await read([bytes])).toEqual([{ event: "message", data: "a\nb", id: undefined }]);
});

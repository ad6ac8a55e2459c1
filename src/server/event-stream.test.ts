import { expect, test } from "vitest";
import { openEventStream } from "./event-stream.ts";

test("events reach the client whole and in their order, and then the stream ends", async () => {
  const events = openEventStream({ gone: () => {} });
  events.send("1");
  events.send("2", "named");
  events.end();
  events.send("3");
  expect(await events.response().text()).toBe("data: 1\n\nevent: named\ndata: 2\n\n");
});

test("a client that leaves is noticed, once", async () => {
  let left = 0;
  const events = openEventStream({ gone: () => left++ });
  events.send("1");
  await events.response().body?.cancel();
  events.send("2");
  events.end();
  expect(left).toBe(1);
});

test("a client that does not read is given up before it fills the memory", () => {
  let left = 0;
  const events = openEventStream({ gone: () => left++ });
  const piece = "x".repeat(1024 * 1024);
  for (let sent = 0; sent < 10 && left === 0; sent++) events.send(piece);
  expect(left).toBe(1);
});

test("whoever waits for the head of the reply gets it with the first event, or after a while without one", async () => {
  const told = openEventStream({ gone: () => {}, beginMs: 60_000 });
  expect(told.started).toBe(false);
  told.send("1");
  await told.begun;
  expect(told.started).toBe(true);
  told.end();
  const silent = openEventStream({ gone: () => {}, beginMs: 5 });
  await silent.begun;
  expect(silent.started).toBe(true);
  silent.end();
});

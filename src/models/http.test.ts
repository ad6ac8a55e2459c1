import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { createFetch } from "./http.ts";

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listen(handler: RequestListener): Promise<string> {
  server = createServer(handler);
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server?.once("listening", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}/` : "";
}

describe("fetch for long replies", () => {
  it("passes on method, headers, body, status and text", async () => {
    const url = await listen((request, response) => {
      response.writeHead(201, { "x-got": `${request.method} ${request.headers["x-sent"]}` });
      request.pipe(response);
    });
    const response = await createFetch()(url, {
      method: "POST",
      headers: { "x-sent": "yes" },
      body: "héllo",
    });
    expect([response.status, response.headers.get("x-got"), await response.text()]).toEqual([
      201,
      "POST yes",
      "héllo",
    ]);
  });

  it("gives up on a server that goes silent before its headers", async () => {
    const url = await listen(() => {});
    await expect(createFetch(50)(url)).rejects.toThrow("no byte for 0.05 seconds");
  });

  it("gives up on a reply that goes silent, and not on a slow one", async () => {
    let slow = true;
    const url = await listen(async (_, response) => {
      response.writeHead(200).write("a");
      if (!slow) return;
      for (let sent = 0; sent < 4; sent++) {
        await new Promise((resolve) => setTimeout(resolve, 40));
        response.write("b");
      }
      response.end();
    });
    expect(await (await createFetch(400)(url)).text()).toBe("abbbb");
    slow = false;
    const silent = await createFetch(400)(url);
    await expect(silent.text()).rejects.toThrow("no byte for 0.4 seconds");
  });

  it.each(["before", "after"])("closes the socket when its signal fires %s the headers", async (when) => {
    const closed = new Promise<void>((resolve) => {
      void listen((_, response) => {
        response.once("close", resolve);
        if (when === "after") response.writeHead(200).write("a");
      }).then(async (url) => {
        const stop = new AbortController();
        const pending = createFetch()(url, { signal: stop.signal }).then((response) => response.text());
        setTimeout(() => stop.abort(new Error("enough")), 50);
        await expect(pending).rejects.toThrow("enough");
      });
    });
    await closed;
  });
});

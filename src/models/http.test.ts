import { createServer, type RequestListener, type Server } from "node:http";
import { gzipSync } from "node:zlib";
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
      response.writeHead(200, { "content-type": "text/event-stream" }).write("a");
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

  it("does not take a slow reader for a silent server", async () => {
    const url = await listen(async (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (let sent = 0; sent < 4; sent++) response.write("b".repeat(1 << 16));
      response.end();
    });
    const reader = (await createFetch(200)(url)).body?.getReader();
    let bytes = 0;
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      bytes += part.value.length;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    expect(bytes).toBe(4 << 16);
  });

  it("follows redirects and takes off a compression that it did not ask for", async () => {
    const url = await listen((request, response) => {
      if (request.url !== "/there") return response.writeHead(308, { location: "/there" }).end();
      response.writeHead(200, { "content-encoding": "gzip", "x-asked": request.headers["accept-encoding"] });
      let sent = "";
      request.setEncoding("utf8").on("data", (piece: string) => {
        sent += piece;
      });
      request.on("end", () => response.end(gzipSync(`${request.method} ${sent}`)));
    });
    const response = await createFetch()(url, { method: "POST", body: "héllo" });
    expect([await response.text(), response.headers.get("x-asked")]).toEqual(["POST héllo", "identity"]);
  });

  it("says what had come of a reply whose connection broke", async () => {
    const url = await listen((_, response) => {
      response.writeHead(200, { "content-length": 100 }).write("half of ");
      setTimeout(() => response.destroy(), 30);
    });
    await expect(createFetch()(url)).rejects.toMatchObject({ name: "CutReplyError", received: "half of " });
  });

  it("passes on a reply without a body, and whose server is not there", async () => {
    const url = await listen((_, response) => void response.writeHead(204).end());
    expect((await createFetch()(url)).status).toBe(204);
    server?.close();
    server?.closeAllConnections();
    await expect(createFetch()(url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});

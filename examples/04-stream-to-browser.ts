// Thinking, live in a browser: each event is a server-sent event. Closing the page stops the thinking.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { think } from "sojourn";

const page = `<!doctype html><meta charset="utf-8"><title>Sojourn</title>
<form>Question <input name="q" size="40" value="Is 9.11 or 9.7 larger?"> <button>Think</button></form>
<pre></pre><h1></h1>
<script type="module">
  const question = new URL(location.href).searchParams.get("q");
  const source = question && new EventSource("/think?q=" + encodeURIComponent(question));
  const on = (type, show) => source && source.addEventListener(type, ({ data }) => show(JSON.parse(data)));
  on("step-added", ({ node, text }) => document.querySelector("pre").append(node + "  " + text + "\\n"));
  on("answer-chosen", ({ answer }) => document.querySelector("h1").append(answer));
  on("question-finished", () => source.close());
  on("failed", ({ message }) => { source.close(); document.querySelector("h1").append(message); });
</script>`;

export const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  if (pathname !== "/think") return void response.setHeader("content-type", "text/html").end(page);

  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const send = (type: string, data: object) =>
    response.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  const thinking = think(searchParams.get("q") ?? "", { strategy: "vote", samples: 3 });
  response.on("close", () => thinking.stop());
  try {
    for await (const event of thinking) send(event.type, event);
  } catch (error) {
    send("failed", { message: error instanceof Error ? error.message : String(error) });
  }
  response.end();
});

server.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  console.log(`open http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

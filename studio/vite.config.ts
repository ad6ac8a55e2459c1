import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const from = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Where `npm run dev` finds the API: a `sojourn serve` beside it. */
const api = process.env["SOJOURN_API"] ?? "http://127.0.0.1:2718";

export default defineConfig({
  root: from("."),
  plugins: [react(), tailwindcss()],
  resolve: {
    // All that the studio shares with the server: the pure folds, and the schemas of the replies.
    alias: [
      { find: /^sojourn\/thought$/, replacement: from("../src/thought/index.ts") },
      { find: /^sojourn\/schemas\/(.*)$/, replacement: from("../src/server/studio/$1") },
    ],
  },
  build: { outDir: from("../dist/studio"), emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 900 },
  // The server refuses what a page of another origin sends: as far as it can see, these pages are its own.
  server: {
    proxy: Object.fromEntries(
      ["/api", "/v1", "/health"].map((path) => [path, { target: api, headers: { origin: api } }]),
    ),
  },
});

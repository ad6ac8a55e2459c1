import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url));

export default defineConfig({
  // The examples import the package by its name: here, as in tsconfig.json, that is the sources.
  resolve: {
    alias: [
      { find: /^sojourn$/, replacement: source("index.ts") },
      { find: /^sojourn\/schemas\/(.*)$/, replacement: source("server/studio/$1") },
      { find: /^sojourn\/([a-z]+)$/, replacement: source("$1/index.ts") },
    ],
  },
  test: {
    include: [
      "src/**/*.test.{ts,tsx}",
      "scripts/**/*.test.ts",
      "test/**/*.test.{ts,tsx}",
      "studio/src/**/*.test.{ts,tsx}",
    ],
    globalSetup: ["scripts/vitest-kernels.ts"],
    setupFiles: ["scripts/vitest-seed.ts"],
    // A test may change folder, exit or kill its own children: a process each, not a thread.
    pool: "forks",
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubEnvs: true,
  },
});

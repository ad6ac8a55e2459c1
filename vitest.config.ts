import { availableParallelism } from "node:os";
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
    globalSetup: ["scripts/vitest-kernels.ts"],
    // One a core: by default one core would be left to the watching process, which has nothing to do.
    maxWorkers: availableParallelism(),
    // A test may change folder, exit or kill its own children: a process, not a thread.
    pool: "forks",
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      {
        extends: true,
        test: {
          name: "units",
          include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts", "studio/src/**/*.test.{ts,tsx}"],
          setupFiles: ["scripts/vitest-seed.ts"],
          // They share a process, and so load every module once: most of their time went into loading.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: "whole", include: ["test/**/*.test.{ts,tsx}"], setupFiles: ["scripts/vitest-seed.ts"] },
      },
    ],
  },
});

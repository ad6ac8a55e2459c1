import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts", "test/**/*.test.{ts,tsx}"],
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

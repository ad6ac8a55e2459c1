import { defineConfig } from "tsdown";

// Unbundled: dist/ has the layout of src/, so a path relative to `import.meta.url` (a prompt, a kernel, a
// worker, a Python script, the shipped weights) is the same in both.
const node = defineConfig({
  entry: [
    "src/index.ts",
    "src/*/index.ts",
    "src/*/testing/index.ts",
    "src/cli/main.ts",
    "src/**/*.worker.ts",
  ],
  copy: { from: ["src/**/*.{json,py,txt,wasm}", "!src/**/fixtures/**"], to: "dist", flatten: false },
  unbundle: true,
  format: "esm",
  fixedExtension: false,
  platform: "node",
  target: "node20.19",
  dts: true,
  sourcemap: false,
  deps: { skipNodeModulesBundle: true },
  checks: { pluginTimings: false },
  logLevel: "warn",
});

// What a bundle's page loads in place of a server: one file for browsers, with all that it needs inside.
const browser = defineConfig({
  entry: { "bundle/browser": "src/server/bundle/browser.ts" },
  format: "iife",
  platform: "browser",
  target: "es2022",
  minify: true,
  clean: false,
  dts: false,
  deps: { alwaysBundle: [/.*/] },
  outputOptions: { entryFileNames: "[name].js" },
  checks: { pluginTimings: false },
  logLevel: "warn",
});

export default [node, browser].flat();

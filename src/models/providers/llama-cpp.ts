import { InputError, messageOf } from "../../thought/errors.ts";

/** What of node-llama-cpp 3 is used here. It is an optional peer dependency, so its own types may be absent. */
export interface LlamaModule {
  getLlama(options: {
    gpu: false;
    build: "never";
    skipDownload: true;
    maxThreads: number;
    logLevel: "error";
  }): Promise<{ loadModel(options: { modelPath: string }): Promise<LlamaModel> }>;
}

/** A model file, loaded. A token is a number. */
export interface LlamaModel {
  readonly trainContextSize: number;
  readonly fileInfo: { metadata: unknown };
  readonly tokens: { bos: number | null; shouldPrependBosToken: boolean };
  tokenize(text: string, specialTokens: boolean): number[];
  detokenize(tokens: readonly number[]): string;
  createContext(options: { sequences: number; contextSize: { max: number } }): Promise<{
    getSequence(): LlamaSequence;
  }>;
}

/** One of the texts that a context goes on with at once. */
export interface LlamaSequence {
  readonly contextSize: number;
  clearHistory(): Promise<void>;
  evaluateWithMetadata(
    tokens: readonly number[],
    metadata: { confidence: true },
    options: { temperature: number; topK: number; topP: number; minP: number; seed: number },
  ): AsyncGenerator<{ token: number; confidence: number }, void>;
}

const VERSION = "3.22.1";

/** Loads node-llama-cpp. Throws an InputError that says how to install it where it is absent or of no use here. */
export async function loadLlamaModule(): Promise<LlamaModule> {
  // Not a literal, so that neither the compiler nor the bundler looks for a package that may be absent.
  const name = "node-llama-cpp";
  try {
    return await import(name);
  } catch (error) {
    const absent = error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
    const why = absent ? "which is not installed" : `which cannot be loaded (${messageOf(error)})`;
    throw new InputError(
      `gguf models need node-llama-cpp, ${why}: npm install node-llama-cpp@${VERSION}`,
      error,
    );
  }
}

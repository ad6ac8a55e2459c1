import { InputError } from "../thought/errors.ts";
import { nearestName } from "../thought/nearest-name.ts";
import type { Backend } from "./backend.ts";
import type { Provider, ProviderContext, ProviderStatus } from "./provider.ts";
import { anthropic } from "./providers/anthropic.ts";
import { compatible } from "./providers/compatible.ts";
import { gguf } from "./providers/gguf.ts";
import { google } from "./providers/google.ts";
import { nano } from "./providers/nano.ts";
import { nanoLikelihood } from "./providers/nano-likelihood.ts";
import { nanoPrm } from "./providers/nano-prm.ts";
import { ollama } from "./providers/ollama.ts";
import { openai } from "./providers/openai.ts";
import { prm } from "./providers/pooling.ts";
import { scripted } from "./providers/scripted.ts";
import { vllm } from "./providers/vllm.ts";
import type { ProviderSettings, ProvidersConfig } from "./providers-config.ts";

const BUILT_IN: Readonly<Record<string, Provider>> = {
  nano,
  openai,
  anthropic,
  google,
  ollama,
  vllm,
  gguf,
  prm,
  "nano-prm": nanoPrm,
  "nano-likelihood": nanoLikelihood,
  scripted,
};

const KINDS: Readonly<Record<NonNullable<ProviderSettings["like"]>, Provider>> = {
  "openai-compatible": compatible,
  ollama,
  vllm,
  prm,
};

/** One line of `sojourn models`. */
export interface ProviderListing extends ProviderStatus {
  provider: string;
  /** A model name to show, such as `openai/MODEL`. */
  example: string;
  /** True when it can be used as things stand; for a server that says nothing of whether it runs. */
  configured: boolean;
}

/** Opens models by name. */
export interface ModelRegistry {
  /**
   * The model `provider/model`, or `nano`. The same name gives the same backend, so that everybody keeps to one
   * set of limits. Throws an InputError that says what to do.
   */
  open(name: string): Backend;
  /** Every provider: built in, then from the config. */
  list(): ProviderListing[];
}

/**
 * The models that can be named here.
 *
 * @param config the providers of `sojourn.yaml`; default none
 * @param environment where keys and addresses are looked up; default the process's own
 */
export function createRegistry(
  config: ProvidersConfig = {},
  environment: ProviderContext["environment"] = process.env,
): ModelRegistry {
  const configured = new Map(Object.entries(config.providers ?? {}));
  const names = [...new Set([...Object.keys(BUILT_IN), ...configured.keys()])];
  const opened = new Map<string, Backend>();

  function find(name: string): { provider: Provider; context: ProviderContext } | undefined {
    const settings = configured.get(name);
    const own = settings === undefined ? undefined : KINDS[settings.like ?? "openai-compatible"];
    const provider = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : own;
    if (provider === undefined) return undefined;
    return { provider, context: { provider: name, settings: settings ?? {}, environment } };
  }

  return {
    open(name) {
      const known = opened.get(name);
      if (known !== undefined) return known;
      const slash = name.indexOf("/");
      const providerName = slash === -1 ? name : name.slice(0, slash);
      const found = find(providerName);
      if (found === undefined) throw new InputError(unknownProvider(providerName, names));
      const backend = found.provider.open(slash === -1 ? "" : name.slice(slash + 1), found.context);
      opened.set(name, backend);
      return backend;
    },
    list: () =>
      names.flatMap((name) => {
        const found = find(name);
        if (found === undefined) return [];
        const status = found.provider.status(found.context);
        const example = Object.hasOwn(BUILT_IN, name) ? found.provider.example : `${name}/MODEL`;
        return [{ provider: name, example, configured: status.needs === undefined, ...status }];
      }),
  };
}

function unknownProvider(name: string, names: readonly string[]): string {
  const near = nearestName(name, names);
  const hint =
    near === undefined ? `write provider/model, with one of ${names.join(", ")}.` : `did you mean ${near}?`;
  return `no provider "${name}"; ${hint} See sojourn models`;
}

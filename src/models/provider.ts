import { InputError } from "../thought/errors.ts";
import type { Backend } from "./backend.ts";
import { Limiter } from "./limiter.ts";
import { type Price, priceOf } from "./prices.ts";
import type { ProviderSettings } from "./providers-config.ts";
import { keepSecret } from "./secrets.ts";

/** Where a provider finds its settings. */
export interface ProviderContext {
  /** The provider's name, as it stands before the slash. */
  provider: string;
  /** From `sojourn.yaml`; empty where it says nothing. */
  settings: ProviderSettings;
  environment: Readonly<Record<string, string | undefined>>;
}

/** How a provider stands on this machine. It holds no key. */
export interface ProviderStatus {
  /** Where requests go; undefined for models inside this process. */
  endpoint?: string | undefined;
  /** What is missing before it can be used, such as a variable to set. */
  needs?: string | undefined;
}

/** One way to reach models. */
export interface Provider {
  /** Model names to show, such as `openai/MODEL`. */
  readonly example: string;
  /** Opens a model. Throws an InputError that says what to do where a key or a name is missing. */
  open(model: string, context: ProviderContext): Backend;
  status(context: ProviderContext): ProviderStatus;
}

/** The first of these variables that is set, and its value. */
export function findVariable(
  { environment }: ProviderContext,
  names: readonly string[],
): { name: string; value: string } | undefined {
  for (const name of names) {
    const value = environment[name]?.trim();
    if (value !== undefined && value !== "") return { name, value };
  }
  return undefined;
}

/** A provider's key, remembered so that it never shows in a message; undefined when none of the variables is set. */
export function findKey(
  context: ProviderContext,
  names: readonly string[],
): { name: string; value: string } | undefined {
  const found = findVariable(context, names);
  if (found !== undefined) keepSecret(found.value);
  return found;
}

/**
 * A provider's key. Throws an InputError naming the variable when none is set.
 */
export function requireKey(
  context: ProviderContext,
  names: readonly string[],
): { name: string; value: string } {
  const found = findKey(context, names);
  if (found === undefined) throw new InputError(`${context.provider} needs a key: set ${names.join(" or ")}`);
  return found;
}

/** The name of a model inside its provider. Throws an InputError when it is empty. */
export function requireModel(model: string, { provider }: ProviderContext): string {
  if (model === "") throw new InputError(`name a model after the provider: ${provider}/MODEL`);
  return model;
}

/** What may be said of any provider. */
const COMMON: readonly (keyof ProviderSettings)[] = ["baseUrl", "apiKeyEnv", "like", "limits", "prices"];

/**
 * Throws an InputError where `sojourn.yaml` says something of a provider that would have no effect.
 *
 * @param takes what this provider takes beside what every one does
 */
export function refuseOtherSettings(
  { provider, settings }: ProviderContext,
  takes: readonly (keyof ProviderSettings)[],
): void {
  const allowed: readonly string[] = [...COMMON, ...takes];
  const other = Object.entries(settings).find(
    ([name, value]) => value !== undefined && !allowed.includes(name),
  );
  if (other === undefined) return;
  throw new InputError(
    `${provider} takes no ${other[0]}: remove it from sojourn.yaml, or give a provider a name of your own there`,
  );
}

/** What every network backend takes from its settings, defaults filled in. */
export function networkSettings(
  model: string,
  { provider, settings }: ProviderContext,
  defaults: { inFlight: number; price?: Price | undefined },
): { price: Price | null; limiter: Limiter; name: string } {
  return {
    name: `${provider}/${model}`,
    price: priceOf(provider, model, settings.prices) ?? defaults.price ?? null,
    limiter: new Limiter({ ...settings.limits, inFlight: settings.limits?.inFlight ?? defaults.inFlight }),
  };
}

/** A web address without the slash at its end. */
export function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}

/** True for an address on this machine, which needs no key. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname === "[::1]" || /^127\./.test(hostname);
}

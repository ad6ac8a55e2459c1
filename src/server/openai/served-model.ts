import { defined } from "../../models/defined.ts";
import type { ModelRegistry } from "../../models/registry.ts";
import type { Config } from "../../strategies/config.ts";
import { modelName, parseModelName } from "../../strategies/model-name.ts";
import { strategies } from "../../strategies/registry.ts";
import { DEFAULT_MODEL, type ThinkRequest } from "../../strategies/think-request.ts";
import { InputError, messageOf } from "../../thought/errors.ts";
import { ApiError } from "./api-error.ts";

/** What a model's name stands for. */
export interface ServedModel {
  asked: Partial<ThinkRequest>;
  checker?: string | undefined;
}

/** One entry of `/v1/models`. */
export interface ListedModel {
  id: string;
  object: "model";
  created: number;
  owned_by: string;
  description: string;
}

/** Each model that is named is kept open; names come from clients, and have to end somewhere. */
const MOST_MODELS = 1_000;

/** The models that a server offers: the profiles of `sojourn.yaml`, and strategies over models. */
export class ServedModels {
  readonly #config: Config;
  readonly #registry: ModelRegistry;
  readonly #only: ReadonlySet<string> | undefined;
  /** Models that the operator has named somewhere: files on this machine are served only so. */
  readonly #named: ReadonlySet<string>;
  readonly #opened = new Set<string>();

  /** @param only the models and profiles that may be used; undefined for all that have a provider */
  constructor(options: { config: Config; registry: ModelRegistry; only: readonly string[] | undefined }) {
    const { config, registry, only } = options;
    this.#config = config;
    this.#registry = registry;
    this.#only = only && new Set(only);
    const profiles = Object.values(config.profiles ?? {});
    const models = [config, ...profiles].flatMap(({ model, roles = {} }) => [model, ...Object.values(roles)]);
    this.#named = new Set([...models, ...(only ?? [])].filter((name) => name !== undefined));
  }

  /**
   * The way to think that a model's name stands for: a profile, or a strategy over a model. Throws an ApiError of status
   * 404 where there is neither, or where the operator does not offer it.
   */
  find(name: string): ServedModel {
    try {
      return this.#read(name);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const message = `The model '${name}' does not exist: ${messageOf(error)}`;
      throw new ApiError(message, { status: 404, code: "model_not_found", param: "model" });
    }
  }

  /**
   * The models to choose from: the profiles, the default model, and every strategy over it. Any other
   * `strategy+provider/model` that is offered works as well.
   *
   * @param created seconds since the epoch
   */
  list(created: number): ListedModel[] {
    const { profiles = {}, roles, model = DEFAULT_MODEL } = this.#config;
    const entry = (id: string, owner: string, description: string): ListedModel => ({
      ...{ id, object: "model", created, owned_by: owner, description },
    });
    const own = Object.entries(profiles).map(([name, { description = "a profile of sojourn.yaml" }]) =>
      entry(name, "profile", description),
    );
    const named = [...(this.#only ?? [])]
      .filter((name) => !Object.hasOwn(profiles, name) && name !== model)
      .map((name) => entry(name, "sojourn", "thought with as the question needs"));
    const instructed = this.#registry.open(roles?.policy ?? model).traits.followsInstructions;
    const usable = strategies.filter(({ needsInstructions }) => instructed || needsInstructions !== true);
    const all = [
      ...own,
      entry(model, "sojourn", "the default model, thought with as the question needs"),
      ...named,
      ...usable.map(({ name, description }) =>
        entry(modelName({ strategy: name, model }), "sojourn", description),
      ),
    ];
    return all.filter(({ id }) =>
      this.#offers(id, Object.hasOwn(profiles, id) ? id : parseModelName(id).model),
    );
  }

  #read(name: string): ServedModel {
    const { profiles = {} } = this.#config;
    const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
    if (profile !== undefined) {
      if (!this.#offers(name, name)) throw new InputError("it is not offered here; see /v1/models");
      const { description: _, checker, ...rest } = profile;
      const asked = defined(rest);
      this.#open(asked.model ?? this.#config.model ?? DEFAULT_MODEL);
      return { asked, checker };
    }
    const { strategy, model } = parseModelName(name);
    if (!this.#offers(name, model)) throw new InputError("it is not offered here; see /v1/models");
    this.#open(model);
    return { asked: { model, ...(strategy !== undefined && { strategy }) } };
  }

  #offers(name: string, model: string): boolean {
    if (this.#only !== undefined) return this.#only.has(name) || this.#only.has(model);
    return !model.startsWith("gguf/") || this.#named.has(model);
  }

  #open(model: string): void {
    if (this.#opened.size >= MOST_MODELS && !this.#opened.has(model))
      throw new InputError(`${MOST_MODELS} models have been used already; start the server again for more`);
    this.#registry.open(model);
    this.#opened.add(model);
  }
}

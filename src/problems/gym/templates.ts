import type { Random } from "../../thought/random.ts";
import type { Phrasing } from "./family.ts";

/** What the slots of a template stand for, by slot name. */
export type Slots = Readonly<Record<string, string>>;

/**
 * Makes phrasings of template texts such as `Is {left} or {right} {larger}?`.
 *
 * @param prefix begins every phrasing's id; ids count on from 1, held-out ones with an `h`
 * @param slots the texts to fill in for an instance; may choose among synonyms
 * @param fits which instances these phrasings can ask for; default all
 */
export function templates<Instance>(options: {
  prefix: string;
  trained: readonly string[];
  heldOut: readonly string[];
  slots(instance: Instance, random: Random): Slots;
  fits?(instance: Instance): boolean;
}): Phrasing<Instance>[] {
  const phrasing = (template: string, id: string, heldOut: boolean): Phrasing<Instance> => ({
    id,
    heldOut,
    fits: (instance) => options.fits?.(instance) ?? true,
    write: (instance, random) => fill(template, options.slots(instance, random)),
  });
  return [
    ...options.trained.map((text, index) => phrasing(text, `${options.prefix}${index + 1}`, false)),
    ...options.heldOut.map((text, index) => phrasing(text, `${options.prefix}h${index + 1}`, true)),
  ];
}

function fill(template: string, slots: Slots): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = slots[name];
    if (value === undefined) throw new Error(`no slot {${name}} for the template: ${template}`);
    return value;
  });
}

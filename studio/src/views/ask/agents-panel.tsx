import { type ReactNode, useState } from "react";
import type { Options } from "sojourn/schemas/ask-schema.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Field, TextArea } from "../../components/field.tsx";
import { StepText } from "../../components/step-text.tsx";
import { visibleText } from "../../components/text-parts.ts";
import type { LiveQuestion } from "../../thought/live-question.ts";
import { editPrompt, usePromptEdits } from "./prompt-edits.ts";

/** So many of the newest voices are shown, and so much of each text that is being written. */
const SHOWN = { voices: 40, drafts: 3, letters: 400 };

/** Who speaks in a strategy: what they say and write while it thinks, and the prompts that make them, to be edited. */
export function AgentsPanel({
  options,
  strategy,
  live,
}: {
  options: Options | undefined;
  strategy: string;
  live: LiveQuestion | undefined;
}): ReactNode {
  const names = new Set(options?.strategies.find(({ name }) => name === strategy)?.prompts);
  const prompts = options?.prompts.filter(({ name }) => names.has(name)) ?? [];
  const agents = [...new Set(prompts.map(({ agent }) => agent))];
  const edits = usePromptEdits();
  const edited = prompts.filter(({ name }) => edits[name] !== undefined).length;
  return (
    <div className="flex flex-col">
      {live !== undefined && <Voices live={live} />}
      <section aria-labelledby="prompts-title" className="flex flex-col gap-2 p-4">
        <div className="flex items-center justify-between">
          <h2 id="prompts-title" className="font-semibold">
            Prompts of {strategy}
          </h2>
          {edited > 0 && <Badge tone="accent">{edited} edited</Badge>}
        </div>
        <p className="text-fine text-muted">
          What you change here is used from the next question on, in this tab. Models that follow no
          instructions, such as nano, read no prompts.
        </p>
        {agents.map((agent) => (
          <section key={agent} className="mt-2">
            <h3 className="mb-1 text-fine font-medium text-muted first-letter:uppercase">{agent}</h3>
            <div className="flex flex-col gap-1">
              {prompts
                .filter((prompt) => prompt.agent === agent)
                .map(({ name, text }) => (
                  <PromptEditor key={name} name={name} text={text} edit={edits[name]} />
                ))}
            </div>
          </section>
        ))}
      </section>
    </div>
  );
}

function PromptEditor({
  name,
  text,
  edit,
}: {
  name: string;
  text: string;
  edit: string | undefined;
}): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group rounded-control border border-line bg-raised"
    >
      <summary className="flex h-8 cursor-pointer list-none items-center justify-between gap-2 rounded-control px-3 font-mono text-fine hover:bg-hover">
        <span className="truncate">{name}</span>
        {edit !== undefined && <Badge tone="accent">edited</Badge>}
      </summary>
      {open && (
        <div className="flex flex-col gap-2 border-t border-line p-2">
          <Field label={`Text of ${name}`} hidden>
            <TextArea
              rows={8}
              spellCheck={false}
              value={edit ?? text}
              onChange={(event) => editPrompt(name, event.target.value)}
              className="font-mono !text-fine"
            />
          </Field>
          {edit !== undefined && (
            <Button size="small" className="self-end" onClick={() => editPrompt(name, undefined)}>
              Back to the shipped text
            </Button>
          )}
        </div>
      )}
    </details>
  );
}

/** What agents have said, and what models are writing right now. */
function Voices({ live }: { live: LiveQuestion }): ReactNode {
  const spoken = live.thought.walk.flatMap((mark) => (mark.kind === "spoke" ? mark : []));
  const drafts = [...live.drafts.values()].slice(-SHOWN.drafts);
  if (spoken.length === 0 && drafts.length === 0) return null;
  return (
    <section
      aria-label="Voices"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys.
      tabIndex={0}
      className="flex max-h-[45vh] flex-col-reverse overflow-y-auto border-b border-line p-4"
    >
      <div className="flex flex-col gap-3">
        {spoken.slice(-SHOWN.voices).map(({ agent, text }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: voices are only added.
          <div key={place}>
            <Badge>{visibleText(agent.slice(0, 60))}</Badge>
            <p className="mt-1 text-body">
              <StepText text={text} />
            </p>
          </div>
        ))}
        {drafts.map(({ site, sample, text, reasoning }) => (
          <div key={`${site} ${sample}`}>
            <span className="flex items-center gap-2 font-mono text-fine text-faint">
              <span aria-hidden="true" className="size-1.5 animate-pulse rounded-full bg-accent" />
              {site}
            </span>
            <p className="mt-1 text-fine text-muted">
              <StepText text={(text === "" ? reasoning : text).slice(-SHOWN.letters)} />
            </p>
          </div>
        ))}
      </div>
    </section>
  );
}

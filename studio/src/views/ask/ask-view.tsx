import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Options } from "sojourn/schemas/ask-schema.ts";
import { askQuestion, fetchOptions } from "../../api/ask.ts";
import { ErrorNote } from "../../components/notes.tsx";
import { Composer } from "./composer.tsx";
import { usePromptEdits } from "./prompt-edits.ts";
import { RecentRuns } from "./recent-runs.tsx";
import { type Draft, useDraft } from "./use-draft.ts";
import { WatchRun } from "./watch-run.tsx";

/** Questions of the kinds that nano knows. */
const EXAMPLES = [
  "Use 3, 7 and 12 to make 33.",
  "Is 9.11 or 9.7 larger?",
  "How many r's are in strawberry?",
  "What is 347 + 586?",
];

/** Ask a question and watch it being thought about. */
export function AskView(): ReactNode {
  const search = useSearch({ from: "/ask" });
  const navigate = useNavigate({ from: "/ask" });
  const options = useQuery({ queryKey: ["options"], queryFn: ({ signal }) => fetchOptions(signal) });
  const prompts = usePromptEdits();
  const [draft, change] = useDraft(
    search,
    (written) => void navigate({ search: (now) => ({ ...now, ...written }), replace: true }),
  );
  const asking = useMutation({
    mutationFn: () => askQuestion(askingOf(draft, options.data, prompts)),
    onSuccess: ({ run, question }) =>
      void navigate({ search: (now) => ({ ...now, ...draft, run, question, node: undefined }) }),
  });
  const ask = (): void => {
    if ((draft.ask ?? "").trim() !== "" && !asking.isPending) asking.mutate();
  };
  const composer = (roomy: boolean): ReactNode => (
    <>
      <Composer
        options={options.data}
        draft={draft}
        onChange={change}
        onAsk={ask}
        asking={asking.isPending}
        roomy={roomy}
      />
      {(asking.error ?? options.error) !== null && <ErrorNote error={asking.error ?? options.error} />}
    </>
  );

  if (search.run !== undefined) {
    return (
      <>
        <div className="flex flex-col gap-3 border-b border-line bg-panel px-6 py-3">
          <h1 className="sr-only">Ask</h1>
          {composer(false)}
        </div>
        <WatchRun key={search.run} run={search.run} options={options.data} search={search} />
      </>
    );
  }
  return (
    <div className="flex flex-1 flex-col items-center overflow-y-auto px-6 pt-[14vh] pb-10">
      <div className="flex w-full max-w-3xl flex-col gap-5">
        <header className="flex flex-col gap-1">
          <h1 className="text-2xl font-semibold tracking-tight">What shall we think about?</h1>
          <p className="text-body text-muted">
            You will see every step as it is taken: the tree grows here, and you may stop it at any time with
            the best answer so far.
          </p>
        </header>
        {composer(true)}
        <section aria-label="Examples" className="flex flex-wrap gap-2 border-t border-line pt-5">
          {EXAMPLES.map((example) => (
            <button
              key={example}
              type="button"
              onClick={() => change({ ask: example })}
              className="rounded-full border border-line bg-panel px-3 py-1 text-fine text-muted transition-colors hover:border-line-strong hover:text-ink"
            >
              {example}
            </button>
          ))}
        </section>
        <RecentRuns />
      </div>
    </div>
  );
}

/** What is sent: what the form says, and of the edited prompts those that the strategy uses. */
function askingOf(draft: Draft, options: Options | undefined, prompts: Readonly<Record<string, string>>) {
  const given = (value: string | undefined): string | undefined => (value === "" ? undefined : value);
  const strategy = given(draft.strategy) ?? options?.defaults.strategy;
  const used = new Set(options?.strategies.find(({ name }) => name === strategy)?.prompts);
  return {
    question: draft.ask ?? "",
    system: given(draft.system),
    strategy: given(draft.strategy),
    effort: given(draft.effort),
    model: given(draft.model),
    checker: given(draft.checker),
    prompts: Object.fromEntries(Object.entries(prompts).filter(([name]) => used.has(name))),
  };
}

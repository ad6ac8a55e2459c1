import { FailureError } from "../../thought/errors.ts";
import { Tree } from "../../thought/tree.ts";
import { loggedSettings, resolveSettings, type SettingsLayers } from "../settings.ts";
import type { Strategy, StrategySettings, Thinking } from "../strategy.ts";
import { judgeDifficulty } from "./difficulty.ts";
import { decide, doubtOf, type Round } from "./rounds.ts";
import { stageClient } from "./stage-client.ts";
import { movedId, StageRecorder } from "./stage-recorder.ts";
import { planStages } from "./stages.ts";

/** A strategy as `auto` runs it. */
interface Runnable {
  name: string;
  run: Strategy;
  defaults: Partial<StrategySettings>;
}

/**
 * Judges how hard the question is, picks a strategy for that and for the effort, and while its thoughts disagree thinks
 * on with more of them or with a stronger strategy, at most twice. Earlier thoughts stay: their answers are votes too.
 * Each strategy is logged with its settings and the reason for it.
 *
 * That the difficulty decides how test-time compute is spent follows Snell et al. (arXiv 2408.03314); when a vote is sure
 * enough, Aggarwal et al. (arXiv 2305.11860).
 *
 * @param find gives a strategy by its name
 */
export function autoOver(find: (name: string) => Runnable): Strategy {
  return async (question, think) => {
    const { layers } = think;
    if (layers === undefined) throw new RangeError("auto has to know where its settings come from");
    const { effort } = layers;
    const difficulty =
      effort === "none" || effort === "minimal" ? undefined : await judgeDifficulty(question, think);
    const stages = planStages({
      effort,
      hardness: difficulty?.hardness ?? "medium",
      hasChecker: think.checker !== undefined,
      hasLogprobs: think.client.traits("policy").logprobs,
      samples: namedSamples(layers),
    });

    const tree = new Tree();
    const rounds: Round[] = [];
    let offset = 0;
    let why = difficulty === undefined ? `effort ${effort}` : `effort ${effort}, ${difficulty.reason}`;
    let strategy = "";
    for (const stage of stages) {
      const entry = find(stage.strategy);
      strategy = entry.name;
      const defaults = { ...entry.defaults, ...stage.settings };
      const settings = resolveSettings({ ...layers, strategy: defaults });
      const reason = `${why}: ${stage.what}`;
      think.recorder.emit({
        ...{ type: "strategy-chosen", strategy, settings: loggedSettings(settings), reason },
      });
      const recorder = new StageRecorder(think.recorder, { tree, offset });
      try {
        const answer = await entry.run(question, {
          ...{ ...think, settings, recorder, show: shownFrom(think, offset) },
          client: stageClient(think.client, offset),
        });
        rounds.push({ strategy, answer, chosen: recorder.chosen });
      } catch (error) {
        // What was thought before a stage that failed is kept.
        if (rounds.length === 0 || !(error instanceof FailureError)) throw error;
        break;
      }
      offset = recorder.next;
      const doubt = doubtOf(rounds, { tree, think, confidence: settings.confidence });
      if (doubt === undefined) break;
      why = doubt;
    }
    return { ...decide(question, think, { tree, rounds }), strategy };
  };
}

/** The number of thoughts that the caller or, where the effort is left to it, the config file names. */
function namedSamples({ asked, configured, effortAsked }: SettingsLayers): number | undefined {
  return asked.samples ?? (effortAsked ? undefined : configured.samples);
}

/** Shows pieces of text where a stage's thoughts will stand. */
function shownFrom({ show }: Thinking, offset: number): Thinking["show"] {
  if (show === undefined || offset === 0) return show;
  return (delta) => show({ ...delta, site: movedId(delta.site, offset) });
}

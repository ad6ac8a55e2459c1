import { FREE } from "../prices.ts";
import { findVariable, type Provider, type ProviderContext, requireKey } from "../provider.ts";
import { compatibleBackend } from "./compatible.ts";

function addressOf(context: ProviderContext): string {
  return (
    context.settings.baseUrl ?? findVariable(context, ["VLLM_BASE_URL"])?.value ?? "http://127.0.0.1:8000/v1"
  );
}

/** Models of a vLLM server: n samples a request, log-probabilities, and thoughts continued in the reply. */
export const vllm: Provider = {
  example: "vllm/MODEL",
  open(model, context) {
    const keyVariable = context.settings.apiKeyEnv ?? findVariable(context, ["VLLM_API_KEY"])?.name;
    return compatibleBackend(model, context, {
      baseUrl: addressOf(context),
      key: keyVariable === undefined ? undefined : requireKey(context, [keyVariable]).value,
      keyVariable: keyVariable ?? "VLLM_API_KEY",
      prefill: "reply",
      prefillParameters: { continue_final_message: true, add_generation_prompt: false },
      noThinkingParameters: { chat_template_kwargs: { enable_thinking: false } },
      logprobs: true,
      samplesPerRequest: 64,
      inFlight: 256,
      price: FREE,
      missingModelHint: "name the model that the server was started with",
    });
  },
  status: (context) => ({ endpoint: addressOf(context) }),
};

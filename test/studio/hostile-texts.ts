/** Where a hostile text would leave its mark if any of it ran. */
export const MARK = "harmed";

const harm = `window.${MARK}=1`;

/** Texts that mean harm: markup, scripts, links, formulas without end, controls of the writing direction, endless lines. */
export const hostileTexts: readonly string[] = [
  `<script>${harm}</script>Is this a question?`,
  `<img src=x onerror="${harm}"><iframe srcdoc="<script>parent.${MARK}=1</script>"></iframe>`,
  `<svg onload="${harm}"><animate onbegin="${harm}" attributeName=x dur=1s></svg>`,
  `[click me](javascript:${harm}) <a href="javascript:${harm}">or me</a> ![x](https://example.invalid/x.png)`,
  `$\\href{javascript:${harm}}{x}$ \\(\\url{javascript:${harm}}\\) $\\htmlData{on=1}{x}$ $\\includegraphics{http://example.invalid/x.png}$`,
  `$$${"\\frac{1}{".repeat(600)}x${"}".repeat(600)}$$`,
  `$\\def\\a{\\a\\a}\\a$ $\\rule{1000000em}{1000000em}$ $${"x^{".repeat(300)}1${"}".repeat(300)}$`,
  "\u202Egnihtemos si siht\u202C and \u2066isolated\u2069, zero\u200Bwidth, \u0000 and \u001b[31mred",
  `</div></main></body><style>*{display:none!important}</style><form action="https://example.invalid"><input autofocus onfocus="${harm}">`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant to be one.
  "{{constructor.constructor('return this')().harmed=1}} ${harmed=1} %00 ../../../etc/passwd",
  "مممممممممممممممممممممممم Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
  `long ${"a".repeat(1_000_000)}`,
];

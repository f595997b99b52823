// What is shown of what a file means: hovers, hints, colours, lenses, the call hierarchy.
const vscode = require("vscode");
const { test, execute, until, open, at, hover, tokens, user, equal, contains } = require("../harness.js");

test("hover says what a symbol is, and what Rust needs", async () => {
  const { document } = await open("init/Kconfig");
  const text = await hover(document, at(document, "config RUST\n", 8));
  contains(text, "Rust support", "the hover of RUST");
  contains(text, "HAVE_RUST", "the hover of RUST");
});

test("hints have values, gates and what blocks end", async () => {
  const { document } = await open("samples/rust/Kconfig");
  const hintsOf = async () => {
    const hints = await execute("vscode.executeInlayHintProvider", document.uri, new vscode.Range(0, 0, document.lineCount, 0));
    return hints.map((hint) => ({ line: hint.position.line, label: typeof hint.label === "string" ? hint.label : hint.label.map((part) => part.value).join("") }));
  };
  const { line } = at(document, "menuconfig SAMPLES_RUST");
  const last = at(document, "endif").line;
  const hints = await until("hints about Rust", async () => {
    const found = await hintsOf();
    return found.some((hint) => hint.line === line && hint.label.includes("Rust: off")) && found;
  });
  const value = hints.filter((hint) => hint.line === line).map((hint) => hint.label);
  if (!value.some((label) => /\bn\b/.test(label))) {
    throw new Error(`no value behind SAMPLES_RUST, but ${value}`);
  }
  equal(hints.some((hint) => hint.line > last), false, "whether there are hints below the last line");
});

test("colours tell definitions from uses, and mark what is gated", async () => {
  const { document } = await open("samples/rust/Kconfig");
  const { line, character } = at(document, "SAMPLES_RUST");
  const token = await until("token with marks", async () =>
    (await tokens(document)).find((one) => one.line === line && one.start === character && one.modifiers.includes("rustGated")),
  );
  equal(token.text, "SAMPLES_RUST", "what is coloured");
  for (const modifier of ["definition", "rustGated", "unavailable"]) {
    equal(token.modifiers.includes(modifier), true, `whether ${modifier} is among ${token.modifiers}`);
  }
  const use = at(document, "if SAMPLES_RUST", 3);
  const used = (await tokens(document)).find((one) => one.line === use.line && one.start === use.character);
  equal(used?.text, "SAMPLES_RUST", "what is coloured where it is used");
  equal(used.modifiers.includes("definition"), false, "whether a use is a definition");
  const keyword = (await tokens(document)).find((one) => one.line === line && one.start === 0);
  equal([keyword?.text, keyword?.type], ["menuconfig", "keyword"], "the first token of the line");
});

test("what hangs on a tool is coloured as such", async () => {
  const { document } = await open("init/Kconfig");
  const { line } = at(document, "config CC_HAS_AUTO_VAR_INIT_ZERO");
  await until("token with the modifier", async () => (await tokens(document)).some((one) => one.line === line && one.text === "CC_HAS_AUTO_VAR_INIT_ZERO" && one.modifiers.includes("toolchain")));
});

test("lenses count uses, and lead to them", async () => {
  const { document } = await open("init/Kconfig");
  const { line } = at(document, "config EXPERT");
  const lens = await until("lens", async () => {
    const found = await execute("vscode.executeCodeLensProvider", document.uri, 1000);
    return found.find((one) => one.range.start.line === line && one.command?.command === "kconfig.showReferences");
  });
  contains(lens.command.title, "references", "the lens");
  await execute(lens.command.command, ...lens.command.arguments);
  contains(await user.see(".reference-zone-widget"), "init", "the list of uses");
});

test("the call hierarchy tells what selects a symbol", async () => {
  const { document } = await open("init/Kconfig");
  const position = at(document, "config HAVE_RUST\n", 8);
  const callers = await until("callers", async () => {
    const [item] = (await execute("vscode.prepareCallHierarchy", document.uri, position)) ?? [];
    const calls = item && (await execute("vscode.provideIncomingCalls", item));
    return calls?.length > 0 && calls;
  });
  const selecting = callers.find((call) => call.from.name === "X86");
  contains(selecting?.from.detail, "selects", `X86 among ${callers.map((call) => call.from.name)}`);
});

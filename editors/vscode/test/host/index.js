// The installed extension in a trusted folder: the example tree, seen as x86.
const vscode = require("vscode");
const { test, run, until, open, at, file, equal, contains } = require("./harness.js");

exports.run = run;

let api;
const problems = async (name, code) =>
  until(`${code} in ${name}`, () => vscode.languages.getDiagnostics(file(name)).find((d) => (typeof d.code === "object" ? d.code.value : d.code) === code));
const execute = (command, ...args) => vscode.commands.executeCommand(command, ...args);
const textOf = (hovers) => hovers.flatMap((hover) => hover.contents.map((content) => content.value ?? content)).join("\n");

test("it is active in a workspace with a Kconfig file", async () => {
  const extension = vscode.extensions.getExtension("kconfig-ls.kconfig-ls");
  api = await extension.activate();
  const client = await until("running server", () => api.server.ready());
  if (!client.initializeResult.serverInfo.name.includes("kconfig-ls")) {
    throw new Error("another server");
  }
  if (extension.extensionPath.includes("editors/vscode")) {
    throw new Error("it is not the installed one: " + extension.extensionPath);
  }
});

test("languages are told by file names", async () => {
  equal((await open("drivers/net/Kconfig")).document.languageId, "kconfig", "drivers/net/Kconfig");
  equal((await open("arch/x86/configs/x86_64_defconfig")).document.languageId, "kconfig-config", "a defconfig");
});

test("hover says what a symbol is, and what Rust needs", async () => {
  const { document } = await open("init/Kconfig");
  const hovers = await until("hover", async () => {
    const found = await execute("vscode.executeHoverProvider", document.uri, at(document, "config RUST\n", 8));
    return found.length > 0 && found;
  });
  contains(textOf(hovers), "Rust support", "the hover of RUST");
  contains(textOf(hovers), "HAVE_RUST", "the hover of RUST");
});

test("a name that nothing defines is a warning while one types", async () => {
  const editor = await open("drivers/net/Kconfig");
  const end = editor.document.positionAt(editor.document.getText().length);
  await editor.edit((edit) => edit.insert(end, "\nconfig TYPED\n\tbool \"Typed\"\n\tdepends on HAS_DMAA\n"));
  const problem = await problems("drivers/net/Kconfig", "undefined-symbol");
  contains(problem.message, "HAS_DMAA", "the message");
  contains(problem.code.target.toString(), "docs/checks/undefined-symbol.md", "the page");
  await execute("workbench.action.files.revert");
  await until("end of the warning", () => vscode.languages.getDiagnostics(file("drivers/net/Kconfig")).every((d) => !d.message.includes("HAS_DMAA")));
});

test("completion marks what needs Rust", async () => {
  const editor = await open("samples/rust/Kconfig");
  const end = editor.document.positionAt(editor.document.getText().length);
  await editor.edit((edit) => edit.insert(end, "\nconfig TYPED\n\tbool \"Typed\"\n\tdepends on SAMPLE\n"));
  const list = await until("completion with a mark", async () => {
    const found = await execute("vscode.executeCompletionItemProvider", editor.document.uri, at(editor.document, "depends on SAMPLE\n", 17));
    return found.items.some((item) => typeof item.label === "object" && /Rust/.test(item.label.detail ?? "")) && found;
  });
  if (list.items.length < 3) {
    throw new Error(`${list.items.length} items`);
  }
  await execute("workbench.action.files.revert");
});

test("definition leads to another file", async () => {
  const { document } = await open("samples/rust/Kconfig");
  const found = await until("definition", async () => {
    const links = await execute("vscode.executeDefinitionProvider", document.uri, at(document, "depends on RUST", 12));
    return links.length > 0 && links;
  });
  contains((found[0].targetUri ?? found[0].uri).path, "/init/Kconfig", "where RUST is defined");
});

test("rename goes through all files", async () => {
  const { document } = await open("init/Kconfig");
  const edit = await execute("vscode.executeDocumentRenameProvider", document.uri, at(document, "config EXPERT\n", 8), "ADVANCED");
  const files = edit.entries().map(([uri]) => uri.path.split("/").slice(-2).join("/"));
  if (files.length < 2) {
    throw new Error("only in " + files);
  }
});

test("hints, tokens, symbols, folding and lenses are there", async () => {
  const { document } = await open("init/Kconfig");
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  await until("inlay hints", async () => (await execute("vscode.executeInlayHintProvider", document.uri, whole)).length > 0);
  const tokens = await until("tokens", async () => execute("vscode.provideDocumentSemanticTokens", document.uri));
  if (tokens.data.length === 0) {
    throw new Error("no semantic tokens");
  }
  const legend = await execute("vscode.provideDocumentSemanticTokensLegend", document.uri);
  for (const modifier of ["rustGated", "toolchain", "unavailable"]) {
    if (!legend.tokenModifiers.includes(modifier)) {
      throw new Error("no modifier " + modifier);
    }
  }
  for (const [what, command] of [["symbols", "vscode.executeDocumentSymbolProvider"], ["folding", "vscode.executeFoldingRangeProvider"], ["lenses", "vscode.executeCodeLensProvider"]]) {
    if ((await execute(command, document.uri)).length === 0) {
      throw new Error("no " + what);
    }
  }
});

test("a fix is offered and mends the line", async () => {
  const editor = await open("drivers/char/Kconfig");
  const end = editor.document.positionAt(editor.document.getText().length);
  await editor.edit((edit) => edit.insert(end, "\nconfig TYPED\n\tbool \"Typed \"\n"));
  const problem = await problems("drivers/char/Kconfig", "prompt-whitespace");
  const actions = await execute("vscode.executeCodeActionProvider", editor.document.uri, problem.range, vscode.CodeActionKind.QuickFix.value, 20);
  const fix = actions.find((action) => /blank/.test(action.title));
  if (!fix) {
    throw new Error("no fix among " + actions.map((action) => action.title));
  }
  await vscode.workspace.applyEdit(fix.edit);
  contains(editor.document.getText(), 'bool "Typed"\n', "the text after the fix");
  await execute("workbench.action.files.revert");
});

test("a document is formatted", async () => {
  const editor = await open("drivers/gpio/Kconfig");
  const end = editor.document.positionAt(editor.document.getText().length);
  await editor.edit((edit) => edit.insert(end, "\nconfig TYPED\n    bool \"Typed\"\n"));
  const edits = await until("edits", async () => {
    const found = await execute("vscode.executeFormatDocumentProvider", editor.document.uri, { tabSize: 8, insertSpaces: false });
    return found?.length > 0 && found;
  });
  contains(JSON.stringify(edits.map((edit) => edit.newText)), "\\t", "the edits");
  await execute("workbench.action.files.revert");
});

test("a configuration complains about lines that are dropped", async () => {
  await vscode.workspace.fs.writeFile(file(".config"), Buffer.from("CONFIG_EXPERT=y\nCONFIG_RUST=y\nCONFIG_NO_SUCH_SYMBOL=y\n"));
  await open(".config");
  const problem = await problems(".config", "config-unknown-symbol");
  contains(problem.message, "NO_SUCH_SYMBOL", "the message");
});

test("the menu shows prompts, takes changes and saves them", async () => {
  const top = await until("menu", async () => {
    const entries = await api.menu.getChildren();
    return entries.length > 0 && entries;
  });
  const setup = top.find((entry) => entry.item.prompt === "General setup");
  // It is shown only for experts, and so in a menu of its own below that symbol.
  const shown = async () => {
    const expert = (await api.menu.getChildren(setup)).find((entry) => entry.item.symbol === "EXPERT");
    return (await api.menu.getChildren(expert)).find((entry) => entry.item.symbol === "SMALL_SYSTEM");
  };
  const small = await shown();
  if (!small?.item.changeable) {
    throw new Error("SMALL_SYSTEM cannot be changed");
  }
  equal(small.item.value, "n", "SMALL_SYSTEM before");
  const result = await api.menu.change({ symbol: "SMALL_SYSTEM", value: "y" });
  if (!result.effects.some((effect) => effect.symbol === "LOG_BUF_SHIFT")) {
    throw new Error("LOG_BUF_SHIFT does not follow: " + JSON.stringify(result.effects));
  }
  const after = await shown();
  equal(after.item.value, "y", "SMALL_SYSTEM under the change");
  if (!(await api.menu.save(false))) {
    throw new Error("it was not saved");
  }
  contains(Buffer.from(await vscode.workspace.fs.readFile(file(".config"))).toString(), "CONFIG_SMALL_SYSTEM=y", ".config");
  equal(api.menu.pending.length, 0, "changes that are not saved");
});

test("a change that comes to nothing is taken back", async () => {
  await api.menu.change({ symbol: "RUST", value: "y" });
  equal(api.menu.pending.length, 0, "changes that are not saved");
});

test("the gate report has conditions with a state", async () => {
  const rows = await until("report", async () => {
    const found = await api.gates.getChildren();
    return found.length > 0 && found;
  });
  contains(rows[0].label, "Rust", "the first row");
  const conditions = await api.gates.getChildren(rows[0]);
  if (!conditions.some((row) => row.label.includes("HAVE_RUST"))) {
    throw new Error("no condition HAVE_RUST among " + conditions.map((row) => row.label));
  }
});

test("the view can be another architecture", async () => {
  const client = await api.server.ready();
  const before = api.trees.current();
  equal(before.arch, "x86", "the architecture");
  await client.sendRequest("kconfig/setView", { uri: before.uri, arch: "arm64" });
  await api.trees.refresh();
  equal(api.trees.current().arch, "arm64", "the architecture after");
  await client.sendRequest("kconfig/setView", { uri: before.uri, arch: "x86" });
  await api.trees.refresh();
});

test("enabling a symbol finds the changes", async () => {
  const client = await api.server.ready();
  const result = await client.sendRequest("kconfig/enable", { root: api.trees.current().uri, wanted: [{ symbol: "LOG_BUF_SHIFT", value: "15" }] });
  equal(result.verdict, "possible", "the verdict");
});

test("settings take effect without a restart", async () => {
  const { document } = await open("init/Kconfig");
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const settings = vscode.workspace.getConfiguration("kconfig");
  for (const name of ["values", "blockEnds", "macros", "gates"]) {
    await settings.update("inlayHints." + name, false, vscode.ConfigurationTarget.Workspace);
  }
  await until("end of the hints", async () => (await execute("vscode.executeInlayHintProvider", document.uri, whole)).length === 0);
  for (const name of ["values", "blockEnds", "macros", "gates"]) {
    await settings.update("inlayHints." + name, undefined, vscode.ConfigurationTarget.Workspace);
  }
  await until("hints again", async () => (await execute("vscode.executeInlayHintProvider", document.uri, whole)).length > 0);
});

test("the server can be started anew", async () => {
  await execute("kconfig.restart");
  const { document } = await open("init/Kconfig");
  await until("hover", async () => (await execute("vscode.executeHoverProvider", document.uri, at(document, "config RUST\n", 8))).length > 0);
});

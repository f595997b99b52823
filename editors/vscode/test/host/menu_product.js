// The views, the status of trees, and names in code, in the installed extension.
const vscode = require("vscode");
const { test, run, until, open, at, file, equal, contains } = require("./harness.js");

const execute = (command, ...args) => vscode.commands.executeCommand(command, ...args);
const extension = () => vscode.extensions.getExtension("kconfig-ls.kconfig-ls");
const text = async (name) => Buffer.from(await vscode.workspace.fs.readFile(file(name))).toString();

exports.run = run;

let api;

// entry finds an entry of the menu by the prompts and symbols that lead to it.
async function entry(...way) {
  let found;
  for (const step of way) {
    const children = await api.menu.getChildren(found);
    found = children.find((one) => one.item.prompt === step || one.symbol === step);
    if (found === undefined) {
      return undefined;
    }
  }
  return found;
}

// row finds a row of the gate report whose label has a text.
async function row(...way) {
  let found;
  for (const step of way) {
    found = (await api.gates.getChildren(found)).find((one) => one.label.includes(step));
    if (found === undefined) {
      return undefined;
    }
  }
  return found;
}

test("the extension and its tree are there", async () => {
  api = await extension().activate();
  await until("tree", () => api.trees.current());
  await vscode.workspace.fs.writeFile(file(".config"), Buffer.from("# CONFIG_EXPERT is not set\n"));
  await until("values of the new .config", async () => (await entry("General setup", "EXPERT"))?.item.value === "n");
});

test("what a change makes visible is in the menu before it is saved", async () => {
  equal((await entry("General setup", "EXPERT", "SMALL_SYSTEM"))?.symbol, undefined, "SMALL_SYSTEM before");
  await api.menu.change({ symbol: "EXPERT", value: "y" });
  const small = await until("SMALL_SYSTEM", () => entry("General setup", "EXPERT", "SMALL_SYSTEM"));
  equal(small.item.changeable, true, "SMALL_SYSTEM can be changed");
  contains(await text(".config"), "# CONFIG_EXPERT is not set", "what is on disk");
});

test("what is changed is marked, with what it was", async () => {
  const expert = await entry("General setup", "EXPERT");
  const item = api.menu.getTreeItem(expert);
  contains(item.description, "n → y", "the description");
  equal(item.checkboxState.state, vscode.TreeItemCheckboxState.Checked, "the box");
  contains(item.accessibilityInformation.label, "changed, not saved", "what is spoken");
  contains(item.contextValue, "pending", "the context");
  equal(api.menu.provideFileDecoration(item.resourceUri)?.badge, "●", "the badge");
});

test("an entry keeps its identity over changes", async () => {
  const before = api.menu.getTreeItem(await entry("General setup", "EXPERT")).id;
  await api.menu.change({ symbol: "SMALL_SYSTEM", value: "y" });
  equal(api.menu.getTreeItem(await entry("General setup", "EXPERT")).id, before, "the id");
  equal(api.menu.pending.length, 2, "changes");
});

test("the comparison shows what would be saved, and follows changes", async () => {
  await execute("kconfig.menu.diff");
  const comparison = () => vscode.workspace.textDocuments.find((document) => document.uri.scheme === "kconfig-pending");
  const document = await until("comparison", comparison);
  contains(document.getText(), "CONFIG_SMALL_SYSTEM=y", "what would be saved");
  equal(document.languageId, "kconfig-config", "its language");
  await api.menu.change({ symbol: "LOCALVERSION", value: 'a "b"' });
  await until("new text", () => document.getText().includes('CONFIG_LOCALVERSION="a \\"b\\""'));
  await execute("workbench.action.closeAllEditors");
});

test("a change back to what the file has is no change", async () => {
  const before = api.menu.pending.length;
  await api.menu.change({ symbol: "SMALL_SYSTEM", value: "n" });
  equal(api.menu.pending.length, before - 1, "changes");
});

test("discarding brings the values of the file back", async () => {
  await execute("kconfig.menu.discard");
  equal(api.menu.pending.length, 0, "changes");
  equal((await entry("General setup", "EXPERT")).item.value, "n", "EXPERT");
});

test("a tooltip says why something cannot be changed", async () => {
  const general = await entry("General setup");
  const rust = (await api.menu.getChildren(general)).find((one) => one.symbol === "RUST");
  if (rust === undefined) {
    await api.menu.show(true); // it is hidden without a Rust compiler
  }
  const shown = await entry("General setup", "RUST");
  const source = new vscode.CancellationTokenSource();
  const item = await api.menu.resolveTreeItem(api.menu.getTreeItem(shown), shown, source.token);
  contains(item.tooltip.value, "RUST", "the tooltip");
  if (!shown.item.changeable) {
    contains(item.tooltip.value, "cannot be changed here", "the tooltip");
    equal(item.checkboxState, undefined, "a box of what cannot be changed");
  }
  await api.menu.show(false);
});

test("hidden entries are shown on demand", async () => {
  equal((await entry("General setup", "EXPERT", "SMALL_SYSTEM"))?.symbol, undefined, "SMALL_SYSTEM");
  await api.menu.show(true);
  const small = (await api.menu.find(api.trees.current())).find((found) => found.entry.symbol === "SMALL_SYSTEM");
  contains(api.menu.getTreeItem(small.entry).description, "hidden", "SMALL_SYSTEM");
  contains(small.way, "General setup", "the way to it");
  await api.menu.show(false);
});

test("the menu follows .config on disk", async () => {
  await vscode.workspace.fs.writeFile(file(".config"), Buffer.from("CONFIG_EXPERT=y\n"));
  await until("EXPERT", async () => (await entry("General setup", "EXPERT"))?.item.value === "y");
});

test("the report has conditions, counts and fixes", async () => {
  const gate = await until("gate", () => row("Rust:"));
  contains(gate.description, "RUST", "the gate");
  const gated = await row("Needs Rust");
  contains(gated.description, `${gated.children.length} symbol`, "how many need it");
  if (!(await row("Tools"))?.children.some((tool) => tool.label.startsWith("CC:"))) {
    throw new Error("no compiler among the tools");
  }
  const failing = (await api.gates.getChildren(gate)).flatMap((one) => [one, ...(one.children ?? [])]).filter((one) => one.fix !== undefined);
  for (const one of failing) {
    contains(api.gates.getTreeItem(one).contextValue, "fix", one.label);
  }
  if (failing.length > 0) {
    await api.gates.copyFix(failing[0]);
    const copied = await vscode.env.clipboard.readText();
    contains(failing[0].fix, copied, "the clipboard");
  }
});

test("a tree is checked by a task, which lists what the server does not tell", async () => {
  const name = "arch/arm64/Kconfig.platforms";
  const before = await text(name);
  const codes = (uri) => vscode.languages.getDiagnostics(uri).map(({ code, source, range }) => `${source}: ${code.value} ${range.start.line + 1}:${range.start.character + 1}-${range.end.character + 1}`);
  try {
    await vscode.workspace.fs.writeFile(file(name), Buffer.from(before + '\nconfig ONLY_ARM\n\tbool "Größe" if NOTHING_HAS_THIS\n'));
    const lines = before.split("\n").length + 2;
    const task = await until("task", async () => (await vscode.tasks.fetchTasks({ type: "kconfig" })).find((one) => one.definition.arch === "all"));
    const ended = new Promise((resolve) => {
      const listener = vscode.tasks.onDidEndTask(({ execution }) => execution.task.definition.type === "kconfig" && (listener.dispose(), resolve()));
    });
    await vscode.tasks.executeTask(task);
    await ended;
    const found = await until("finding", () => codes(file(name)).find((one) => one.startsWith("kconfig-ls check: undefined-symbol")));
    equal(vscode.workspace.textDocuments.filter((one) => one.uri.toString() === file(name).toString()).length, 0, "documents that were opened for it");
    equal(found, `kconfig-ls check: undefined-symbol ${lines}:18-34`, "the finding, whose column is not that of bytes");
    equal(codes(file("init/Kconfig")).filter((one) => one.startsWith("kconfig-ls check")), [], "what the server tells already");
  } finally {
    await vscode.workspace.fs.writeFile(file(name), Buffer.from(before));
  }
});

test("file names that only look like Kconfig are left to others", async () => {
  const names = { "include/linux/kconfig.h": /^(c|cpp)$/, "Documentation/kconfig.rst": /^restructuredtext$/, "scripts/kconfig.py": /^python$/, "Kconfig.cpu": /^kconfig$/, "lib/Kconfig-debug": /^kconfig$/, "sub/Config.in.host": /^kconfig$/, "web.config": /^(?!kconfig)/, "kernel/configs/tiny.config": /^kconfig-config$/ };
  for (const [name, language] of Object.entries(names)) {
    await vscode.workspace.fs.writeFile(file("names/" + name), Buffer.from("\n"));
    const { languageId } = await vscode.workspace.openTextDocument(file("names/" + name));
    if (!language.test(languageId)) {
      throw new Error(`${name} is ${languageId}`);
    }
  }
  await vscode.workspace.fs.delete(file("names"), { recursive: true });
});

test("a .config of any name in a tree is told by what is in it", async () => {
  await vscode.workspace.fs.writeFile(file("mine.config"), Buffer.from("CONFIG_EXPERT=y\n"));
  await open("mine.config");
  await until("language", () => vscode.workspace.textDocuments.some((document) => document.uri.path.endsWith("/mine.config") && document.languageId === "kconfig-config"));
  await execute("workbench.action.closeAllEditors");
  await vscode.workspace.fs.delete(file("mine.config"));
});

test("names in code have a hover and a definition, unless that is turned off", async () => {
  const { document } = await open("drivers/sensors/reed.c");
  const place = at(document, "CONFIG_", 9);
  const hovers = () => execute("vscode.executeHoverProvider", document.uri, place);
  await until("hover", async () => (await hovers()).length > 0);
  const found = await execute("vscode.executeDefinitionProvider", document.uri, place);
  contains((found[0].targetUri ?? found[0].uri).path, "Kconfig", "the definition");
  equal((await execute("vscode.executeFormatDocumentProvider", document.uri, { tabSize: 8, insertSpaces: false })) ?? [], [], "edits of a formatter");
  const settings = vscode.workspace.getConfiguration("kconfig");
  await settings.update("codeNames.enabled", false, vscode.ConfigurationTarget.Workspace);
  await until("end of hovers", async () => (await hovers()).length === 0);
  await settings.update("codeNames.enabled", undefined, vscode.ConfigurationTarget.Workspace);
  await until("hover again", async () => (await hovers()).length > 0);
  await execute("workbench.action.closeAllEditors");
});

test("every command of the package is there, and those of lenses", async () => {
  const commands = await vscode.commands.getCommands();
  const declared = extension().packageJSON.contributes.commands.map(({ command }) => command);
  const missing = [...declared, "kconfig.showReferences", "kconfig.showValue", "kconfig.showGate"].filter((command) => !commands.includes(command));
  equal(missing, [], "commands that are not registered");
});

test("after a restart the changes are still there", async () => {
  await api.menu.change({ symbol: "LOCALVERSION", value: "mine" });
  await execute("kconfig.restart");
  await until("menu", async () => (await entry("General setup", "LOCALVERSION"))?.item.value === "mine");
  await execute("kconfig.menu.discard");
});

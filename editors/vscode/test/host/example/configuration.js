// Configurations: what is wrong in them, what is said about it, and the way to enable a
// symbol.
const vscode = require("vscode");
const { test, execute, until, open, file, read, write, at, finding, hover, tokens, user, started, equal, contains, lacks } = require("../harness.js");

const base = "CONFIG_EXPERT=y\nCONFIG_RUST=y\nCONFIG_NO_SUCH_SYMBOL=y\nCONFIG_SERIAL_LARCH_NR_UARTS=64\n";

test("a configuration that does not exist yet is told", async () => {
  await started();
  const ended = execute("kconfig.openConfig");
  contains(await user.notice(".config"), "does not exist yet", "the message");
  await ended;
});

test("the configuration is opened by a command", async () => {
  await write(".config", base);
  const api = await started();
  const client = await api.server.ready();
  await until(".config", async () => (await client.sendRequest("kconfig/menu", { depth: 0 })).config.exists);
  await execute("kconfig.openConfig");
  equal(vscode.workspace.asRelativePath(vscode.window.activeTextEditor.document.uri), ".config", "what is shown");
});

test("a line about a symbol that nothing defines is told", async () => {
  const { document } = await open(".config");
  const problem = await finding(document.uri, "config-unknown-symbol");
  contains(problem.message, "NO_SUCH_SYMBOL", "the message");
  equal(problem.range.start.line, at(document, "CONFIG_NO_SUCH_SYMBOL").line, "the line");
});

test("a line that would be dropped is told, with the reason", async () => {
  const { document } = await open(".config");
  const line = at(document, "CONFIG_RUST=y").line;
  const problem = await until("finding about RUST", () => vscode.languages.getDiagnostics(document.uri).find((one) => one.range.start.line === line));
  contains(problem.message, "RUST_IS_AVAILABLE", "the message");
  await until("colour of a line that is dropped", async () => (await tokens(document)).some((one) => one.line === line && one.modifiers.includes("dropped")));
});

test("hover in a configuration says what a symbol is", async () => {
  const { document } = await open(".config");
  contains(await hover(document, at(document, "CONFIG_EXPERT", 9)), "Settings for experts", "the hover");
});

test("a value is completed in a configuration", async () => {
  const editor = await open(".config");
  await editor.edit((edit) => edit.insert(editor.document.positionAt(0), "CONFIG_HERON_E\n"));
  await until("completion", async () => {
    const list = await execute("vscode.executeCompletionItemProvider", editor.document.uri, new vscode.Position(0, 14));
    return list.items.some((item) => (item.label.label ?? item.label).includes("HERON_ETH_DEBUG"));
  });
});

test("a fragment of another project is understood", async () => {
  await write("prj.conf", "CONFIG_NO_SUCH_SYMBOL=y\n");
  await write("sdkconfig.defaults", "CONFIG_NO_SUCH_SYMBOL=y\n");
  for (const name of ["prj.conf", "sdkconfig.defaults"]) {
    const { document } = await open(name);
    equal(document.languageId, "kconfig-config", name);
    contains((await finding(document.uri, "config-unknown-symbol")).message, "NO_SUCH_SYMBOL", name);
    await vscode.workspace.fs.delete(file(name));
  }
});

// configure writes .config, and waits until the editor shows nothing else of it.
async function configure(text) {
  await write(".config", text);
  await until("text from the disk", () => vscode.workspace.textDocuments.every((document) => document.uri.toString() !== file(".config").toString() || document.getText() === text));
}

test("enabling a symbol shows all that changes, and writes it", async () => {
  await configure("CONFIG_EXPERT=y\n");
  const api = await started();
  await api.trees.refresh();
  const ended = execute("kconfig.enable", "HERON_ETH_DEBUG");
  const list = await user.list();
  contains(list.title, "HERON_ETH_DEBUG", "the title");
  contains(list.rows[0], "HERON_ETH", "the first way");
  await user.pick("HERON_ETH", "");
  const text = await user.dialog("Write to .config");
  contains(text, "HERON_ETH: n → ", "the dialog");
  contains(text, "PHYLIB", "what follows, in the dialog");
  await ended;
  const { document } = vscode.window.activeTextEditor;
  equal(vscode.workspace.asRelativePath(document.uri), ".config", "what is shown then");
  contains(document.getText(), "CONFIG_HERON_ETH_DEBUG=y", "its text");
  contains(document.getText(), "CONFIG_EXPERT=y", "its text");
});

test("a file that was written meanwhile is left as it is", async () => {
  await configure("CONFIG_EXPERT=y\n");
  await open(".config");
  const ended = execute("kconfig.enable", "HERON_ETH_DEBUG");
  await user.pick("HERON_ETH", "");
  await user.see(".monaco-dialog-box");
  const other = "CONFIG_MODULES=y\n# CONFIG_EXPERT is not set\n";
  await configure(other);
  await user.dialog("Write to .config");
  contains(await user.notice("has changed in the meantime"), "nothing was changed", "the message");
  await ended;
  equal(await read(".config"), other, ".config");
  await configure("CONFIG_EXPERT=y\n");
});

test("enabling what cannot be says why", async () => {
  const ended = execute("kconfig.enable", "SAMPLE_RUST_MINIMAL");
  const list = await user.list();
  contains(list.title, "not possible with your tools", "the title");
  contains(list.rows.join("\n"), "rustc", "the reasons");
  await user.press("Escape");
  await ended;
});

test("why a symbol is off is a list to walk through", async () => {
  await open("init/Kconfig");
  const ended = execute("kconfig.whyNot", "SAMPLE_RUST_MINIMAL");
  const list = await user.list();
  contains(list.title, "SAMPLE_RUST_MINIMAL (Minimal) is n", "the title");
  const reason = list.rows.find((row) => row.includes("RUST_IS_AVAILABLE"));
  contains(reason, "RUST_IS_AVAILABLE", `the reasons ${list.rows}`);
  lacks(list.rows.join("\n"), "`", "the reasons, which are no Markdown");
  await user.pick("RUST_IS_AVAILABLE", "RUST_IS_AVAILABLE");
  await ended;
  await until("editor at the reason", () => vscode.window.activeTextEditor?.document.uri.path.endsWith("init/Kconfig"));
});

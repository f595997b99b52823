// A whole kernel: how long it takes until there is something to see, and while one types.
const vscode = require("vscode");
const { test, run, until, open, at, say } = require("./harness.js");

exports.run = run;

// limit is for slow machines that do something else, too: what is measured is printed.
const limit = 20000;

test("the first hover", async () => {
  const start = Date.now();
  const api = await vscode.extensions.getExtension("kconfig-ls.kconfig-ls").activate();
  await until("running server", () => api.server.ready());
  const { document } = await open("drivers/net/phy/Kconfig");
  await until("hover", async () => (await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, at(document, "config PHYLIB\n", 8))).length > 0, limit);
  await say(`# hover ${Date.now() - start} ms after the activation was asked for`);
});

test("the first finding after an edit", async () => {
  const editor = await open("drivers/net/phy/Kconfig");
  const start = Date.now();
  await editor.edit((edit) => edit.insert(editor.document.positionAt(0), "config TYPED\n\tbool \"Typed\"\n\tdepends on NO_SUCH_SYMBOL_HERE\n\n"));
  await until("finding", () => vscode.languages.getDiagnostics(editor.document.uri).find((d) => d.message.includes("NO_SUCH_SYMBOL_HERE")), limit);
  await say(`# a finding ${Date.now() - start} ms after the edit`);
  await vscode.commands.executeCommand("workbench.action.files.revert");
});

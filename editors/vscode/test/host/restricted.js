// Restricted Mode: all works but what asks a tool, and no tool is asked.
const vscode = require("vscode");
const { test, run, until, open, at, equal } = require("./harness.js");

exports.run = run;

test("the folder is not trusted", () => equal(vscode.workspace.isTrusted, false, "trust"));

test("hover works, and trust is none", async () => {
  const api = await vscode.extensions.getExtension("kconfig-ls.kconfig-ls").activate();
  const client = await until("running server", () => api.server.ready());
  const { document } = await open("init/Kconfig");
  await until("hover", async () => (await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, at(document, "config RUST\n", 8))).length > 0);
  const toolchain = await client.sendRequest("kconfig/toolchain", { root: api.trees.current().uri });
  equal(toolchain.trust, "none", "what may be run");
});

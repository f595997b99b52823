// The package for other systems, without a server in it.
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");
const { test, run, until, open, at, hover, user, extension, servers, programOf, contains, equal } = require("./harness.js");

exports.run = run;

test("that there is no server is told, with what to do", async () => {
  await until("activation", () => extension().isActive);
  contains(await user.notice("has no kconfig-ls for"), "kconfig.server.path", "the message");
});

test("a server that is installed elsewhere is taken by the setting", async () => {
  const server = path.join(path.dirname(vscode.workspace.workspaceFolders[0].uri.fsPath), "elsewhere/kconfig-ls");
  fs.accessSync(server, fs.constants.X_OK);
  await user.setting("kconfig.server.path", server);
  await until("server", () => servers().length > 0);
  equal(servers().map(programOf), [server], "the programs that run");
  const { document } = await open("init/Kconfig");
  contains(await hover(document, at(document, "config RUST\n", 8)), "Rust support", "the hover");
});

// Restricted Mode: all works but what asks a tool, and no tool is asked.
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");
const { test, run, until, open, at, execute, hover, user, started, write, equal, contains } = require("./harness.js");

exports.run = run;

test("what is off is told once", async () => {
  contains(await user.notice("Restricted Mode"), "no compiler or other tool is asked", "the message");
});

test("the folder is not trusted", () => equal(vscode.workspace.isTrusted, false, "trust"));

test("hover works, and trust is none", async () => {
  const api = await started();
  const { document } = await open("init/Kconfig");
  contains(await hover(document, at(document, "config RUST\n", 8)), "Rust support", "the hover");
  const client = await api.server.ready();
  const toolchain = await client.sendRequest("kconfig/toolchain", { root: api.trees.current().uri });
  equal(toolchain.trust, "none", "what may be run");
  equal(toolchain.tools.filter((tool) => tool.state === "found"), [], "tools that were looked for");
});

test("settings of the user do not give a folder trust that it has not", async () => {
  const api = await started();
  await user.setting("kconfig.trust", "shell");
  await until("setting", () => vscode.workspace.getConfiguration("kconfig").get("trust") === "shell");
  const client = await until("running server", () => api.server.ready());
  const tree = await until("tree", () => api.trees.current());
  equal((await client.sendRequest("kconfig/toolchain", { root: tree.uri })).trust, "none", "what may be run");
  await user.setting("kconfig.trust", undefined);
});

test("a program in the folder is not run, whoever names it", async () => {
  const api = await started();
  const trap = path.join(vscode.workspace.workspaceFolders[0].uri.fsPath, "trap.sh");
  fs.writeFileSync(trap, `#!/bin/sh\ntouch "${trap}.was-run"\n`, { mode: 0o755 });
  await write(".vscode/settings.json", JSON.stringify({ "kconfig.server.path": trap }));
  await execute("kconfig.restart");
  await until("server in spite of the setting of the folder", () => api.server.ready());
  await user.setting("kconfig.server.path", "./trap.sh");
  const said = await until("message", async () => (await user.notices()).find((one) => one.includes("lies in a folder that is not trusted")));
  contains(said, trap, "the message");
  equal(fs.existsSync(trap + ".was-run"), false, "whether the program was run");
  await user.setting("kconfig.server.path", undefined);
  await until("server of the extension", () => api.server.ready());
});

test("the item at the bottom says what is off", async () => {
  contains(await user.status("Rust is not known"), "x86", "the item");
  contains(await user.statusTooltip("Restricted Mode"), "no compiler or other tool is asked", "its description");
});

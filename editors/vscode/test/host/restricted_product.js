// Restricted Mode: what a workspace names is not run, and the views say what is off.
const fs = require("node:fs");
const vscode = require("vscode");
const { test, run, until, file, equal, contains } = require("./harness.js");

exports.run = run;

let api;

test("a server that the workspace names is not run", async () => {
  equal(vscode.workspace.isTrusted, false, "trust");
  const trap = file("trap.sh").fsPath;
  fs.writeFileSync(trap, `#!/bin/sh\ntouch "${trap}.was-run"\n`, { mode: 0o755 });
  await vscode.workspace.fs.writeFile(file(".vscode/settings.json"), Buffer.from(JSON.stringify({ "kconfig.server.path": trap, "kconfig.trust": "shell", "kconfig.inlayHints.values": false })));
  api = await vscode.extensions.getExtension("kconfig-ls.kconfig-ls").activate();
  await until("settings of the workspace", () => vscode.workspace.getConfiguration("kconfig").inspect("inlayHints.values").workspaceValue === false);
  equal(vscode.workspace.getConfiguration("kconfig").get("server.path") === trap, false, "whether the setting counts");
  await vscode.commands.executeCommand("kconfig.restart");
  await until("tree", () => api.trees.current());
  equal(fs.existsSync(trap + ".was-run"), false, "whether the trap was run");
});

test("no tool is asked, and the report says so", async () => {
  const client = await api.server.ready();
  equal((await client.sendRequest("kconfig/toolchain", { root: api.trees.current().uri })).trust, "none", "what may be run");
  const rows = await until("report", async () => {
    const found = await api.gates.getChildren();
    return found.length > 0 && found;
  });
  contains(rows.find((row) => row.label === "Tools").description, "none is asked", "the tools");
});

test("the menu works", async () => {
  await until("menu", async () => (await api.menu.getChildren()).some((entry) => entry.item.prompt === "General setup"));
});

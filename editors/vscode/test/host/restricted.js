// Restricted Mode: all works but what asks a tool, and no tool is asked.
const vscode = require("vscode");
const { test, run, until, open, at, hover, user, started, equal, contains } = require("./harness.js");

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

test("the item at the bottom says what is off", async () => {
  contains(await user.status("Rust is off"), "x86", "the item");
  contains(await user.statusTooltip("Restricted Mode"), "no compiler or other tool is asked", "its description");
});

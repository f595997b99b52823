// The server: another one, none at all, and one that ends by itself.
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");
const { test, execute, until, open, at, hover, user, started, servers, programOf, equal, contains } = require("../harness.js");

async function works() {
  const { document } = await open("init/Kconfig");
  contains(await hover(document, at(document, "config RUST\n", 8)), "Rust support", "the hover");
}

test("the server is started anew by a command", async () => {
  await started();
  await works();
  const [before] = servers();
  await execute("kconfig.restart");
  await works();
  const after = servers();
  equal(after.length, 1, "servers");
  equal(after[0] === before, false, "whether it is the same process");
});

test("the setting kconfig.server.path goes before the packed server", async () => {
  await started();
  const [before] = servers().map(programOf);
  const directory = fs.mkdtempSync(path.join(path.dirname(vscode.workspace.workspaceFolders[0].uri.fsPath), "own-"));
  const own = path.join(directory, "kconfig-ls");
  fs.copyFileSync(path.join(vscode.extensions.getExtension("kconfig-ls.kconfig-ls").extensionPath, "bin/kconfig-ls"), own);
  fs.chmodSync(own, 0o755);
  await user.setting("kconfig.server.path", own);
  await until("own server", () => servers().some((pid) => programOf(pid) === own));
  await works();
  await user.setting("kconfig.server.path", undefined);
  await until("packed server", () => servers().length === 1 && programOf(servers()[0]) === before);
  await works();
});

test("a server that is not there is told, with the path and what to do", async () => {
  await user.setting("kconfig.server.path", "/no/such/kconfig-ls");
  const message = await user.notice("/no/such/kconfig-ls");
  contains(message, "kconfig.server.path", "the message");
  await user.status("stopped");
  await user.setting("kconfig.server.path", undefined);
  await works();
});

test("a server that ends by itself is started again", async () => {
  await works();
  const [pid] = servers();
  process.kill(pid, "SIGKILL");
  await until("another server", () => servers().some((other) => other !== pid));
  await works();
  equal(vscode.window.activeTextEditor.document.isDirty, false, "whether the document was changed");
});

test("one that ends again and again is not, which is told", async () => {
  const api = await started();
  while (api.server.state !== "stopped") {
    const [pid] = servers();
    if (pid) {
      process.kill(pid, "SIGKILL");
    }
    await until("end of it", () => !servers().includes(pid));
    await until("another one, or none for good", () => api.server.state === "stopped" || (api.server.state === "running" && servers().length > 0));
  }
  contains(await user.notice("is not started again", "Restart"), "ended", "the message");
  await works();
});

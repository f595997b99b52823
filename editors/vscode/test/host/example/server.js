// The server: another one, none at all, and one that ends by itself.
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");
const { test, execute, until, open, at, hover, user, extension, started, servers, programOf, equal, contains } = require("../harness.js");

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

// script writes a program that takes down each time that it is run, and returns its path.
function script(name, line) {
  const directory = fs.mkdtempSync(path.join(path.dirname(vscode.workspace.workspaceFolders[0].uri.fsPath), "script-"));
  const target = path.join(directory, name);
  fs.writeFileSync(target, `#!/bin/sh\necho run >>"${target}.runs"\n${line}\n`, { mode: 0o755 });
  return target;
}
const runs = (target) => (fs.existsSync(target + ".runs") ? fs.readFileSync(target + ".runs", "utf8").trim().split("\n").length : 0);

test("one change of a setting starts one server", async () => {
  const api = await started();
  const bundled = path.join(extension().extensionPath, "bin/kconfig-ls");
  const target = script("kconfig-ls-once", `exec "${bundled}" "$@"`);
  await user.setting("kconfig.server.path", target);
  await until("run", () => runs(target) > 0);
  await until("running server", () => api.server.ready());
  await works();
  await user.setting("kconfig.inlayHints.values", false); // the file is written anew: the path is as it was before
  await until("path of before", () => vscode.workspace.getConfiguration("kconfig").get("server.path") !== target);
  await until("one server", () => servers().length === 1 && !programOf(servers()[0]).includes("script-") && api.server.state === "running");
  await works();
  equal(runs(target), 1, "how often it was started");
  await user.setting("kconfig.inlayHints.values", undefined);
});

test("a program that does not answer holds nothing up", async () => {
  const api = await started();
  const target = script("kconfig-ls-silent", "sleep 600 & wait");
  await user.setting("kconfig.server.path", target);
  await until("run", () => runs(target) > 0);
  await until("start", () => api.server.state === "starting");
  const again = execute("kconfig.restart");
  await until("second run", () => runs(target) > 1);
  await user.setting("kconfig.server.path", undefined);
  await again;
  await works();
  await until("end of what did not answer", () => servers().length === 1);
  equal(await user.notices(), [], "messages");
});

test("what is asked while a server is started again is answered", async () => {
  const api = await started();
  const [pid] = servers();
  const asked = new Promise((resolve) => {
    const listener = api.server.onDidChangeState(() => {
      listener.dispose();
      resolve(api.server.ready());
    });
  });
  process.kill(pid, "SIGKILL");
  equal((await asked) !== undefined, true, "whether there is a server");
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

// Settings that are changed while all runs.
const vscode = require("vscode");
const { test, execute, until, open, append, finding, user, started, equal, contains } = require("../harness.js");

// change sets a setting and returns how it is taken back.
async function change(name, value, target) {
  await vscode.workspace.getConfiguration("kconfig").update(name, value, target);
  return () => vscode.workspace.getConfiguration("kconfig").update(name, undefined, target);
}

const inWorkspace = vscode.ConfigurationTarget.Workspace;

test("hints are turned off and on without a restart", async () => {
  const { document } = await open("init/Kconfig");
  const count = async () => (await execute("vscode.executeInlayHintProvider", document.uri, new vscode.Range(0, 0, document.lineCount, 0))).length;
  const names = ["values", "blockEnds", "macros", "gates"];
  await until("hints", async () => (await count()) > 0);
  for (const name of names) {
    await change("inlayHints." + name, false, inWorkspace);
  }
  await until("end of the hints", async () => (await count()) === 0);
  for (const name of names) {
    await change("inlayHints." + name, undefined, inWorkspace);
  }
  await until("hints again", async () => (await count()) > 0);
});

test("the severity of a check is another without a restart", async () => {
  const editor = await open("drivers/net/Kconfig");
  await append(editor, "\nconfig TYPED\n\tbool \"Typed\"\n\tdepends on HAS_DMAA\n");
  equal((await finding(editor.document.uri, "undefined-symbol")).severity, vscode.DiagnosticSeverity.Warning, "the severity");
  const back = await change("checks", { "undefined-symbol": "error" }, inWorkspace);
  await until("error", async () => (await finding(editor.document.uri, "undefined-symbol")).severity === vscode.DiagnosticSeverity.Error);
  await back();
  await until("warning", async () => (await finding(editor.document.uri, "undefined-symbol")).severity === vscode.DiagnosticSeverity.Warning);
});

test("less trust means that no tool is asked, and more that they are asked again", async () => {
  const api = await started();
  const trust = async () => {
    const client = await until("running server", () => api.server.ready());
    const tree = await until("tree", () => api.trees.current());
    return (await client.sendRequest("kconfig/toolchain", { root: tree.uri })).trust;
  };
  await open("init/Kconfig");
  equal(await trust(), "probe", "what may be run");
  await execute("kconfig.gates.focus");
  await user.unfold("Rust: off", "RUST_IS_AVAILABLE");
  await user.shown("RUST_IS_AVAILABLEthere is no");
  await user.setting("kconfig.trust", "none");
  await until("trust none", async () => (await trust()) === "none");
  await user.shown("RUST_IS_AVAILABLEnot known");
  await user.setting("kconfig.trust", undefined);
  await until("trust probe", async () => (await trust()) === "probe");
  await user.shown("RUST_IS_AVAILABLEthere is no");
});

test("a workspace cannot give trust", async () => {
  const described = vscode.workspace.getConfiguration("kconfig").inspect("trust");
  equal(described.workspaceValue, undefined, "what the workspace says");
  const failed = await vscode.workspace
    .getConfiguration("kconfig")
    .update("trust", "shell", inWorkspace)
    .then(() => undefined, (error) => error.message);
  contains(failed, "kconfig.trust", "the message");
});

// The report on Rust and the toolchain, the item at the bottom, and what it leads to.
const vscode = require("vscode");
const { test, execute, until, open, file, read, write, user, started, equal, contains } = require("../harness.js");

test("the report says what Rust lacks, and what to do", async () => {
  await started();
  await execute("kconfig.gates.focus");
  await user.unfold("Rust: off", "RUST_IS_AVAILABLE");
  const row = await user.shown("RUST_IS_AVAILABLE");
  contains(row.toLowerCase(), "rustc", "the row of what is missing");
  contains(await user.shown("HAVE_RUST"), "HAVE_RUST", "the row of the architecture");
});

test("the report lists what needs Rust, and leads there", async () => {
  await execute("kconfig.gates.focus");
  await user.unfold("Needs Rust", "SAMPLE_RUST_MINIMAL");
  await user.clickRow("SAMPLE_RUST_MINIMAL");
  await until("editor at the symbol", () => {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.uri.path.endsWith("samples/rust/Kconfig") && editor.document.lineAt(editor.selection.active.line).text === "config SAMPLE_RUST_MINIMAL";
  });
});

test("what needs Rust is a list to pick from", async () => {
  const ended = execute("kconfig.showGated");
  await user.pick("SAMPLE_RUST_REED");
  await ended;
  const editor = vscode.window.activeTextEditor;
  equal(editor.document.lineAt(editor.selection.active.line).text, "config SAMPLE_RUST_REED", "the line");
});

test("the item at the bottom names the architecture and the state of Rust", async () => {
  contains(await user.status("Rust is off"), "x86", "the item");
});

test("the item at the bottom offers what can be done", async () => {
  await user.status("x86");
  await user.clickStatus();
  const { rows } = await user.list();
  for (const what of ["rchitecture", "Rust", "enu", ".config", "server", "log"]) {
    equal(rows.some((row) => row.includes(what)), true, `whether ${what} is among ${rows}`);
  }
  await user.press("Escape");
});

test("another architecture is shown by a command, in all that hangs on it", async () => {
  const api = await started();
  const pick = async (arch) => {
    const ended = execute("kconfig.switchArchitecture");
    await user.pick(arch);
    await ended;
    await user.status(arch);
    equal(api.trees.current().arch, arch, "the architecture");
  };
  await execute("kconfig.menu.focus");
  await user.shown("Processor type and features");
  await pick("arm64");
  await until("menu of arm64", async () => (await api.menu.getChildren()).every((entry) => entry.item.prompt !== "Processor type and features"));
  await pick("x86");
  await user.shown("Processor type and features");
});

// ended waits for the end of the next task, and returns its exit status.
function ended() {
  return new Promise((resolve) => {
    const listener = vscode.tasks.onDidEndTaskProcess(({ exitCode }) => {
      listener.dispose();
      resolve(exitCode);
    });
  });
}

test("a task of the folder names its tree by a variable, and honours the settings", async () => {
  await write(".vscode/tasks.json", JSON.stringify({ version: "2.0.0", tasks: [{ label: "mine", type: "kconfig", command: "check", tree: "${workspaceFolder}/samples" }] }));
  const before = await read("samples/rust/Kconfig");
  await write("samples/rust/Kconfig", before + "\nconfig TYPED\n\tbool \"Typed\"\n\tdepends on NOTHING_HAS_THIS\n");
  await write(".vscode/settings.json", JSON.stringify({ "kconfig.checks": { "undefined-symbol": "off" } }));
  const task = await until("task", async () => (await vscode.tasks.fetchTasks({ type: "kconfig" })).find((one) => one.name === "mine"));
  await until("setting", () => vscode.workspace.getConfiguration("kconfig").get("checks")["undefined-symbol"] === "off");
  let end = ended();
  await vscode.tasks.executeTask(task);
  equal(await end, 0, "the exit status without that check");
  await write(".vscode/settings.json", "{}");
  await until("setting", () => vscode.workspace.getConfiguration("kconfig").get("checks")["undefined-symbol"] === undefined);
  end = ended();
  await vscode.tasks.executeTask(task);
  equal(await end, 1, "the exit status with it");
  await write("samples/rust/Kconfig", before);
  await vscode.workspace.fs.delete(file(".vscode"), { recursive: true });
  await execute("workbench.action.closePanel");
});

test("the whole tree is checked in a terminal", async () => {
  await open("init/Kconfig");
  const ended = new Promise((resolve) => {
    const listener = vscode.tasks.onDidEndTaskProcess((event) => {
      listener.dispose();
      resolve(event);
    });
  });
  const started = execute("kconfig.checkTree");
  await user.pick("as it is shown now", "");
  await started;
  const { execution, exitCode } = await ended;
  equal(execution.task.definition.type, "kconfig", "the task");
  equal(exitCode, 0, "the exit status of a tree without errors");
  await execute("workbench.action.closePanel");
});

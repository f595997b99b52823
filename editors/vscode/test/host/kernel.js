// A whole kernel: how long it takes until there is something to see, whether typing stays
// smooth, and what it costs to have it open. What is measured is printed. Limits are ten
// times what is asked for, since machines that run tests do much else.
const fs = require("node:fs");
const vscode = require("vscode");
const { test, run, until, open, append, execute, extension, servers, say, user } = require("./harness.js");

exports.run = run;

const firstLimit = 20_000;
const findingLimit = 10_000;
const mostMemory = 2e9;
const mostProcessor = 0.5;
// Sixty characters.
const typed = "NET && PCI && HAS_IOMEM && X86_64 && USB_SUPPORT && MODULES ";
const files = ["drivers/net/Kconfig", "arch/x86/Kconfig"];

function within(what, milliseconds, limit) {
  if (milliseconds > limit) {
    throw new Error(`${what} took ${milliseconds} ms, more than ${limit}`);
  }
}

test("findings and a hover are there soon after activation", async () => {
  const active = extension().isActive;
  const start = Date.now();
  const since = () => Date.now() - start;
  void extension().activate();
  const { document } = await open("arch/x86/Kconfig");
  const opened = since();
  const name = document.positionAt(document.getText().indexOf("config X86_64\n") + 8);
  const hover = until("hover", async () => (await execute("vscode.executeHoverProvider", document.uri, name)).length > 0).then(since);
  const finding = until("finding", () => vscode.languages.getDiagnostics(document.uri).length > 0).then(since);
  const [hovered, found] = await Promise.all([hover, finding]);
  await say(`# arch/x86/Kconfig, ${active ? "the extension was active already" : "after the activation was asked for"}: shown after ${opened} ms, first hover ${hovered} ms, first findings ${found} ms`);
  within("the first hover", hovered, firstLimit);
  within("the first findings", found, firstLimit);
});

for (const file of files) {
  test(`typing in ${file} stays smooth`, async () => {
    const editor = await open(file);
    await append(editor, '\nconfig TYPED_HERE\n\tbool "Typed"\n\tdepends on ');
    const end = editor.document.positionAt(Number.MAX_SAFE_INTEGER);
    editor.selection = new vscode.Selection(end, end);
    editor.revealRange(editor.selection);
    await execute("workbench.action.focusActiveEditorGroup");
    const start = Date.now();
    await user.type(typed, 60);
    await until("what was typed", () => editor.document.getText().endsWith(typed) || undefined);
    await say(`# ${file}: ${typed.length} characters shown ${Date.now() - start} ms after the first key, of which ${typed.length * 60} ms is the pace of the keys`);
    const then = Date.now();
    await user.type("NO_SUCH_NAME");
    await until("finding", () => vscode.languages.getDiagnostics(editor.document.uri).some((one) => one.message.includes("NO_SUCH_NAME`")));
    const took = Date.now() - then;
    await say(`# ${file}: a finding ${took} ms after the first of twelve keys`);
    within("the finding", took, findingLimit);
  });
}

// sizeOf returns the memory of a process and the time that it has had a processor for.
function sizeOf(pid) {
  const [, resident] = /VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"));
  const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
  return { memory: Number(resident) * 1024, seconds: (Number(fields[11]) + Number(fields[12])) / 100 };
}

// childrenOf returns the processes that a process has started.
const childrenOf = (parent) =>
  fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return Number(/\) \S+ (\d+)/.exec(fs.readFileSync(`/proc/${pid}/stat`, "utf8"))[1]) === parent;
      } catch {
        return false; // it has ended
      }
    })
    .map(Number);

const watchers = () => childrenOf(process.ppid).filter((pid) => fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("fileWatcher"));

// behind returns the server that a recorder has started, or the server itself.
const behind = (pid) => childrenOf(pid)[0] ?? pid;

test("an open kernel costs little while nobody types", async () => {
  const all = [
    ["the extension host", process.pid],
    ...servers().map((pid) => ["the language server", behind(pid)]),
    ...watchers().map((pid) => ["the watcher of files", pid]),
  ];
  const seconds = 10;
  const before = all.map(([, pid]) => sizeOf(pid));
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  for (const [i, [what, pid]] of all.entries()) {
    const { memory, seconds: used } = sizeOf(pid);
    const share = (used - before[i].seconds) / seconds;
    await say(`# ${what}: ${Math.round(memory / 1e6)} MB, ${(share * 100).toFixed(0)} % of a processor over ${seconds} s`);
    if (memory > mostMemory || share > mostProcessor) {
      throw new Error(`${what} has ${memory} bytes and used ${share} of a processor`);
    }
  }
});

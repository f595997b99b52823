// host.mjs VSCODE VSIX [--kernel TREE] [SUITE...]: runs the suites of test/host inside the
// extension host of the real Visual Studio Code, with the packaged extension installed.
// Suites are the keys of suites below, and all of them by default; editor and kernel are
// run if there is a kernel's tree.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Driver, serve } from "./driver.mjs";
import { Workbench, versionOf } from "./workbench.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const args = process.argv.slice(2);
const at = args.indexOf("--kernel");
const kernel = at < 0 ? undefined : path.resolve(args.splice(at, 2)[1]);
const [vscode, vsix, ...wanted] = args;
if (!vsix) {
  console.error("usage: host.mjs VSCODE VSIX [--kernel TREE] [SUITE...]");
  process.exit(2);
}
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "kconfig-host-"));
const pictures = process.env.KCONFIG_LS_FAILURES ?? os.tmpdir();
let running; // the workbench
let passed = 0;
let failed = 0;

// put writes a file of the scratch directory, and returns its path.
function put(name, text) {
  const file = path.join(scratch, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}

function example(name) {
  const tree = path.join(scratch, name);
  fs.cpSync(path.join(here, "../../../analysis/testdata/example"), tree, { recursive: true });
  return tree;
}

// witness writes the extension that runs a suite in the extension host. As it waits for a
// file by a pattern if it is told to, it also tells when the extension host has looked at
// what is in a folder.
function witness(suite, { activation = "onStartupFinished" }) {
  const manifest = {
    name: "witness",
    publisher: "test",
    version: "0.0.1",
    engines: { vscode: "^1.91.0" },
    main: "./main.js",
    activationEvents: [activation],
    capabilities: { untrustedWorkspaces: { supported: true } },
  };
  put(`witness-${suite}/main.js`, `exports.activate = () => void require(${JSON.stringify(path.join(here, "host", suite + ".js"))}).run();\n`);
  const directory = path.dirname(put(`witness-${suite}/package.json`, JSON.stringify(manifest)));
  const vsix = path.join(scratch, `witness-${suite}.vsix`);
  execFileSync("vsce", ["package", "--skip-license", "--allow-missing-repository", "--no-dependencies", "--out", vsix], { cwd: directory, stdio: "pipe", env: { ...process.env, PATH: `${path.join(here, "../node_modules/.bin")}:${process.env.PATH}` } });
  return vsix;
}

// The same on all machines: there is no compiler for Rust.
const settings = { "kconfig.arch": "x86", "kconfig.tools": { RUSTC: path.join(scratch, "no-rustc"), BINDGEN: path.join(scratch, "no-bindgen") } };

const suites = {
  example: () => ({ target: example("example"), settings }),
  restricted: () => ({ target: example("restricted"), trust: false, settings }),
  menu_product: () => ({ target: example("menu"), settings }),
  server_product: () => ({ target: example("server"), settings }),
  restricted_product: () => ({ target: example("restricted-product"), trust: false, settings }),
  plain: () => {
    put("plain/src/part.c", "int part;\n");
    return { target: path.dirname(put("plain/main.c", "int main(void) { return 0; }\n")), activation: "workspaceContains:*/part.c" };
  },
  virtual: () => ({ target: put("memory.code-workspace", JSON.stringify({ folders: [{ uri: "memory:/tree", name: "tree" }] })), activation: "onFileSystem:memory" }),
  missing: () => ({ target: example("missing"), moveServer: path.join(scratch, "elsewhere/kconfig-ls"), searchPath: path.join(scratch, "bin"), settings }),
  workspace: () => {
    put(
      "board/Kconfig",
      'mainmenu "Board"\n\nconfig BOARD_NAME\n\tstring "Board with a name"\n\tdefault "alder"\n\nconfig EXPERT\n\tbool "Show what only makers need"\n\nconfig BOARD_LED\n\tbool "Light" if EXPERT\n',
    );
    put("board/prj.conf", "CONFIG_BOARD_LED=y\nCONFIG_EXPERT=y\nCONFIG_LOG_BUF_SHIFT=15\n");
    example("first");
    return { target: put("two.code-workspace", JSON.stringify({ folders: [{ path: "first" }, { path: "board" }] })), settings };
  },
  editor: () => {
    put("editor/kernel.txt", fs.readFileSync(path.join(kernel, "arch/x86/Kconfig"), "utf8"));
    return { target: path.join(scratch, "editor"), activation: "*" };
  },
  kernel: () => ({ target: kernel, activation: "*", settings: { "kconfig.arch": "x86" }, after: unchanged(kernel) }),
};

// These need a kernel.
const ofKernel = ["editor", "kernel"];

// unchanged returns a check that nothing has been written into a tree since.
function unchanged(tree) {
  const stamp = put("stamp", "");
  return () => {
    const { stdout, status } = spawnSync("find", [tree, "-newer", stamp], { encoding: "utf8" });
    if (status !== 0 || stdout !== "") {
      throw new Error(`the tree has been written to: ${stdout}`);
    }
  };
}

// Reporter is a driver that takes down what the tests say, too.
class Reporter extends Driver {
  constructor(workbench, suite) {
    super(workbench);
    this.suite = suite;
    this.ended = new Promise((resolve) => (this.end = resolve));
  }

  say(line) {
    passed += line.startsWith("ok ");
    failed += line.startsWith("not ok ");
    console.log(line);
  }

  async picture(name) {
    const file = path.join(pictures, `kconfig-${this.suite}-${name.replace(/\W+/g, "-")}.png`);
    await this.page.screenshot({ path: file });
    console.log(`# what was on the screen: ${file}`);
  }
}

// run opens what a suite is about, and has the extension host run it.
async function run(suite) {
  const before = failed;
  const { target, activation, after, ...options } = suites[suite]();
  let reporter;
  const bridge = await serve(() => reporter);
  try {
    running = await Workbench.start({ vscode: path.resolve(vscode), vsix: path.resolve(vsix), second: witness(suite, { activation }), driver: bridge.address, name: "vscode-" + suite, viewport: { width: 1280, height: 1600 }, ...options });
    reporter = new Reporter(running, suite);
    await running.open(target);
    const limit = Number(process.env.KCONFIG_LS_LIMIT ?? 1200);
    const late = setTimeout(() => reporter.picture("late").finally(() => reporter.end(new Error(`it has no end after ${limit} s`))), limit * 1000);
    const error = await reporter.ended;
    clearTimeout(late);
    if (error) {
      throw error;
    }
    after?.();
  } catch (error) {
    failed++;
    console.log(`not ok the suite ${suite} runs: ${error.message}`);
  } finally {
    if (running && failed > before) {
      console.log(`# the log of the extension:\n${running.logs().split("\n").slice(-40).join("\n")}`);
    }
    await running?.stop();
    running = undefined;
    bridge.close();
  }
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, async () => {
    await running?.stop();
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
    process.exit(1);
  });
}

try {
  console.log(`# Visual Studio Code ${versionOf(vscode)}`);
  for (const suite of wanted.length > 0 ? wanted : Object.keys(suites).filter((name) => kernel || !ofKernel.includes(name))) {
    console.log(`# ${suite}`);
    await run(suite);
  }
} finally {
  fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`host: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

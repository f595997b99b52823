// host.mjs VSCODE VSIX [TREE]: runs test/host/index.js inside the extension host of the
// real Visual Studio Code, with the packaged extension installed.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Workbench } from "./workbench.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const [vscode, vsix, given] = process.argv.slice(2).map((file) => path.resolve(file));
const root = path.resolve(here, "../../..");
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "kconfig-tree-"));

// run opens a tree and returns how many tests failed.
async function run(suite, tree, options) {
  const w = await Workbench.start({ vscode, vsix, ...options });
  try {
    // What is under test is the installed extension; this one is empty.
    const dummy = path.join(scratch, "dummy");
    fs.mkdirSync(dummy, { recursive: true });
    fs.writeFileSync(path.join(dummy, "package.json"), JSON.stringify({ name: "dummy", publisher: "test", version: "0.0.1", engines: { vscode: "^1.91.0" } }));
    const tests = path.join(scratch, suite + ".js");
    fs.copyFileSync(path.join(here, "host", suite + ".js"), tests);
    fs.copyFileSync(path.join(here, "host", "harness.js"), path.join(scratch, "harness.js"));
    let finish;
    const ended = new Promise((resolve) => (finish = resolve));
    await w.page.exposeFunction("codeAutomationLog", (type, args) => {
      const line = args.join(" ");
      if (/^(ok|not ok|#|SKIPPED)/.test(line) || process.env.VERBOSE) {
        console.log(line);
      }
    });
    await w.page.exposeFunction("codeAutomationExit", (code) => finish(code));
    const remote = (file) => `vscode-remote://${w.authority}${file}`;
    await w.open(tree, [["extensionDevelopmentPath", remote(dummy)], ["extensionTestsPath", remote(tests)]]);
    const code = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 240_000, "no end in sight"))]);
    if (code !== 0) {
      await w.page.screenshot({ path: path.join(os.tmpdir(), `kconfig-${suite}-failed.png`) });
      console.log(`# the log of the server:\n${w.logs().split("\n").slice(-40).join("\n")}`);
    }
    return code;
  } finally {
    await w.stop();
  }
}

let failed = false;
try {
  const example = path.join(scratch, "example");
  fs.cpSync(path.join(root, "analysis/testdata/example"), example, { recursive: true });
  console.log("# the example, trusted");
  failed = (await run("index", example, { settings: { "kconfig.arch": "x86" } })) !== 0 || failed;
  console.log("# the example in Restricted Mode");
  failed = (await run("restricted", example, { trust: false, settings: { "kconfig.arch": "x86" } })) !== 0 || failed;
  if (given) {
    console.log("# a kernel");
    failed = (await run("kernel", given, { settings: { "kconfig.arch": "x86", "files.watcherExclude": { "**": true }, "search.followSymlinks": false } })) !== 0 || failed;
  }
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

// ui.mjs VSCODE VSIX OUT: takes the pictures of the documentation, of the extension at work
// on the example tree in the real workbench, as vscode-NAME.png. It fails if something that
// belongs into one of them does not come up.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Driver } from "./driver.mjs";
import { Workbench } from "./workbench.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const [vscode, vsix, out] = process.argv.slice(2).map((file) => path.resolve(file));
const mostBytes = 150_000;
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "kconfig-ui-"));
const tree = path.join(scratch, "example");
fs.cpSync(path.join(here, "../../../analysis/testdata/example"), tree, { recursive: true });
fs.mkdirSync(out, { recursive: true });

const config = "CONFIG_EXPERT=y\nCONFIG_MODULES=y\nCONFIG_HERON_ETH=m\nCONFIG_HERON_NIC=m\nCONFIG_NR_CPUS=1024\nCONFIG_SERIAL_LARCH_CONSOLE=y\nCONFIG_RUST=y\n";

// The same on all machines: there is a compiler for C, and none for Rust. What is on this
// search path is all that there is.
const tools = path.join(scratch, "bin");
fs.mkdirSync(tools);
for (const tool of ["sh", "bash", "env", "cat", "sed", "grep", "ps", "uname", "which", "gcc", "ld", "ar", "nm", "objcopy"]) {
  const directory = (process.env.PATH ?? "").split(path.delimiter).find((one) => fs.existsSync(path.join(one, tool)));
  if (directory) {
    fs.symlinkSync(fs.realpathSync(path.join(directory, tool)), path.join(tools, tool));
  }
}


let w;
let user;
let page;
let passed = 0;
let failed = 0;

// picture takes what is on the screen, or a part of it at its top left, once nothing moves any more: two pictures that follow each other are the same.
async function picture(name, part = {}) {
  const clip = { x: 0, y: 0, ...page.viewportSize(), ...part };
  const file = path.join(out, `vscode-${name}.png`);
  let before;
  await user.until(`picture that stays the same: ${name}`, async () => {
    const now = await page.screenshot({ clip, caret: "hide" });
    const same = before?.equals(now);
    before = now;
    await page.waitForTimeout(300);
    return same;
  });
  fs.writeFileSync(file, before);
  // Fewer colours, if there is the program for it: the picture looks the same.
  spawnSync("pngquant", ["--force", "--skip-if-larger", "--output", file, "--quality", "80-100", file]);
  const { size } = fs.statSync(file);
  if (size > mostBytes) {
    throw new Error(`${file} has ${size} bytes, more than ${mostBytes}`);
  }
}

async function step(name, action) {
  try {
    await action();
    passed++;
    console.log(`ok ${name}`);
  } catch (error) {
    failed++;
    const seen = path.join(process.env.KCONFIG_LS_FAILURES ?? os.tmpdir(), `kconfig-ui-${name}.png`);
    await page.screenshot({ path: seen });
    console.log(`not ok ${name}: ${error.message}\n# what was on the screen: ${seen}`);
  }
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
}

const line = (text) => page.locator(".editor-instance .view-line", { hasText: text }).first();
const word = (text, part) => line(text).locator("span > span", { hasText: part }).last();

// sideBarTo gives the side bar a width.
async function sideBarTo(width) {
  const box = await page.locator(".part.sidebar").boundingBox();
  await page.mouse.move(box.x + box.width + 1, 300);
  await page.mouse.down();
  await page.mouse.move(box.x + width, 300, { steps: 5 });
  await page.mouse.up();
}

const steps = {
  async hover() {
    await user.openFile("samples/rust/Kconfig");
    await user.status("Rust is off");
    await page.locator(".codelens-decoration").first().waitFor();
    await user.hoverOver(word("depends on RUST", "RUST"), "Rust support");
    await picture("hover");
  },

  async completion() {
    await page.locator(".editor-instance .view-lines").click();
    await user.press("Control+End");
    await user.type('\nconfig SAMPLE_MINE\ntristate "Mine"\ndepends on SAMPLE_R', 30);
    await page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "SAMPLE_RUST_MINIMAL" }).first().waitFor();
    await picture("completion");
  },

  async finding() {
    await user.type("UTS\n", 30);
    await user.press("Escape");
    await page.locator(".editor-instance .squiggly-warning").first().waitFor();
    await user.hoverOver(word("SAMPLE_RUTS", "SAMPLE_RUTS"), "SAMPLE_RUTS");
    await picture("finding");
    await user.press("Escape");
    await user.command("Revert File");
  },

  async config() {
    fs.writeFileSync(path.join(tree, ".config"), config);
    await user.openFile(".config");
    await page.locator(".editor-instance .squiggly-warning").first().waitFor();
    await user.hoverOver(word("CONFIG_RUST", "RUST"), "RUST_IS_AVAILABLE");
    await picture("config");
  },

  async status() {
    await user.openFile("init/Kconfig");
    await user.status("Rust is off");
    await user.clickStatus();
    await user.list();
    await picture("status");
    await user.press("Escape");
  },

  async why() {
    await user.openFile("samples/rust/Kconfig");
    await user.command("Kconfig: Why Is This Symbol n?");
    await user.pick("SAMPLE_RUST_MINIMAL");
    await user.see('.quick-input-title:has-text("SAMPLE_RUST_MINIMAL (Minimal) is n")');
    await picture("why", { height: 420 });
  },

  async menu() {
    // A whole configuration, so that the changes stand out.
    const server = path.join(w.extension(), "bin/kconfig-ls");
    fs.writeFileSync(path.join(tree, ".config"), "CONFIG_EXPERT=y\n");
    execFileSync(server, ["config", "olddefconfig", tree, "--arch", "x86", "--out", path.join(tree, ".config")], { env: { PATH: tools } });
    await user.command("View: Close All Editors");
    await user.command("Focus on Menu View");
    await sideBarTo(560);
    await page.locator(".pane-header", { hasText: "Rust" }).first().click();
    await user.unfold("General setup", "Settings for experts");
    await user.unfold("Settings for experts", "Prefer small code");
    await user.check("Prefer small code");
    await user.shown("n → y");
    await user.unfold("Kernel hacking", "Kernel debugging");
    await user.tooltip("Kernel debugging", "cannot be changed here");
    await picture("menu", { width: 760 });
  },

  async "save-diff"() {
    await user.command("Kconfig: Show What Would Be Saved");
    await page.locator(".diff-editor, .monaco-diff-editor").first().waitFor();
    await page.locator(".monaco-diff-editor .view-line", { hasText: "CONFIG_SMALL_SYSTEM=y" }).first().waitFor();
    await picture("save-diff");
  },

  async gates() {
    await user.command("Kconfig: Discard the Changes");
    await user.command("View: Close All Editors");
    await page.locator(".pane-header", { hasText: "Menu" }).first().click();
    await page.locator(".pane-header", { hasText: "Rust" }).first().click();
    await user.unfold("Rust: off", "RUST_IS_AVAILABLE");
    await user.unfold("RUST_IS_AVAILABLE", "rustc is installed");
    await user.unfold("Needs Rust", "SAMPLE_RUST_MINIMAL");
    await user.tooltip("rustc is installed", "nstall");
    await picture("gates", { width: 860, height: 560 });
  },
};

try {
  w = await Workbench.start({
    vscode,
    vsix,
    name: "vscode-ui",
    viewport: { width: 1160, height: 720 },
    searchPath: tools,
    settings: {
      "breadcrumbs.enabled": false,
      "editor.hover.delay": 100,
      "editor.minimap.enabled": false,
      "editor.suggestFontSize": 12,
      "kconfig.arch": "x86",
      "window.commandCenter": false,
      "workbench.colorTheme": "Default Light Modern",
      "workbench.layoutControl.enabled": false,
    },
  });
  page = w.page;
  user = new Driver(w);
  await w.open(tree);
  await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 120_000 });
  for (const [name, action] of Object.entries(steps)) {
    await step(name, action);
  }
} catch (error) {
  failed++;
  console.log(`not ok the workbench is there: ${error.message}`);
} finally {
  await w?.stop();
  fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`ui: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

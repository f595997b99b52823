// ui.mjs VSCODE VSIX OUT [TREE]: takes pictures of the extension at work in the real
// workbench: a finding, a hover, completion, the menu and the gate report. It fails if
// one of them does not come up. Without TREE it is the example tree.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Workbench } from "./workbench.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const [vscode, vsix, out, given] = process.argv.slice(2).map((file) => path.resolve(file));
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "kconfig-ui-"));
const tree = given ?? path.join(scratch, "example");
if (!given) {
  fs.cpSync(path.join(here, "../../../analysis/testdata/example"), tree, { recursive: true });
  fs.writeFileSync(path.join(tree, ".config"), "CONFIG_EXPERT=y\n");
}
fs.mkdirSync(out, { recursive: true });

const w = await Workbench.start({
  vscode,
  vsix,
  settings: {
    "kconfig.arch": "x86", "workbench.colorTheme": "Default Light Modern", "editor.minimap.enabled": false, "breadcrumbs.enabled": false,
    "window.commandCenter": false, "workbench.layoutControl.enabled": false, "editor.hover.delay": 100, "workbench.tips.enabled": false, "workbench.secondarySideBar.defaultVisibility": "hidden",
  },
});
const { page } = w;
const shot = async (name) => {
  await page.waitForTimeout(700);
  await page.screenshot({ path: path.join(out, `vscode-${name}.png`) });
  console.log(`ok ${name}`);
};

// command runs a command of the palette.
async function command(name) {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(">" + name);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().click();
}

// openFile opens a file of the workspace by its path.
async function openFile(name) {
  await page.keyboard.press("Control+P");
  await page.locator(".quick-input-widget input").fill(name);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: path.basename(name) }).first().waitFor({ timeout: 15_000 });
  await page.waitForTimeout(300);
  await page.keyboard.press("Enter");
  await page.waitForSelector(`.tab[aria-label*="${path.basename(name)}"]`, { timeout: 15_000 });
  await page.waitForSelector(".monaco-editor .view-line");
}

const line = (text) => page.locator(".monaco-editor .view-line", { hasText: text }).first();

// showHover puts the pointer on something until its hover is there: one that is asked for
// while the server is busy with the text may be dropped by the editor.
async function showHover(target) {
  const hover = page.locator(".monaco-hover:not(.hidden) .hover-contents").first();
  for (let turn = 0; turn < 5; turn++) {
    await page.mouse.move(10, 790);
    await target.hover();
    if (await hover.waitFor({ timeout: 4000 }).then(() => true, () => false)) {
      return;
    }
  }
  throw new Error("no hover");
}

let failed = false;
try {
  await w.open(tree);
  await page.waitForSelector(".monaco-workbench .explorer-folders-view .monaco-list-row", { timeout: 60_000 });
  await openFile("samples/rust/Kconfig");
  await page.waitForSelector(".statusbar-item[id*='kconfig']", { timeout: 30_000 });

  // A hover, on a symbol that needs Rust.
  await showHover(line("depends on RUST").locator("span", { hasText: "RUST" }).last());
  await shot("hover");
  await page.keyboard.press("Escape");

  // Completion with the mark, and a finding in what was typed.
  await page.locator(".monaco-editor .view-lines").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type('\nconfig SAMPLE_MINE\ntristate "Mine"\ndepends on SAMPLE_R', { delay: 15 });
  await page.waitForSelector(".suggest-widget.visible .monaco-list-row", { timeout: 15_000 });
  await shot("completion");
  await page.keyboard.press("Escape");
  await page.keyboard.type("UTS\n");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".monaco-editor .squiggly-warning", { timeout: 15_000 });
  await showHover(line("SAMPLE_RUTS").locator("span", { hasText: "SAMPLE_RUTS" }).last());
  await shot("finding");
  await page.keyboard.press("Escape");
  await command("Revert File");

  // The menu, opened at its first level.
  await command("Kconfig Menu: Focus on Kconfig Menu View").catch(() => page.locator(".activitybar .action-label[aria-label='Kconfig']").click());
  const menuRow = page.locator(".pane-body .monaco-list-row", { hasText: "General setup" }).first();
  await menuRow.waitFor({ timeout: 20_000 });
  await menuRow.click();
  await page.locator(".pane-body .monaco-list-row", { hasText: "Settings for experts" }).first().waitFor({ timeout: 15_000 });
  await shot("menu");

  // The gate report.
  const report = page.locator(".pane-body .monaco-list-row", { hasText: /^Rust/ }).first();
  await report.waitFor({ timeout: 20_000 });
  await report.locator(".monaco-tl-twistie").click();
  await page.locator(".pane-body .monaco-list-row", { hasText: "HAVE_RUST" }).first().waitFor({ timeout: 15_000 });
  await shot("gates");
} catch (error) {
  failed = true;
  console.log("not ok: " + error.message);
  await page.screenshot({ path: path.join(os.tmpdir(), "kconfig-ui-failed.png") });
} finally {
  await w.stop();
  fs.rmSync(scratch, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

// Runs the server of Visual Studio Code with the packaged extension installed, and opens
// its workbench in a browser without a screen.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { tap } from "./tap.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

// Settings of the extension and most others are read from the profile of the machine, as
// the server sees it. A browser saves what is typed by itself unless it is told not to.
const machine = {
  "chat.disableAIFeatures": true,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "files.hotExit": "off",
  "git.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.tips.enabled": false,
};

// These count in the profile of the user only.
const user = { "security.workspace.trust.startupPrompt": "never", "extensions.autoUpdate": false, "workbench.welcomePage.walkthroughs.openOnInstall": false };

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// commandOf returns how the server of an installed Visual Studio Code is run.
function commandOf(vscode) {
  const main = path.join(vscode, "vscode/out/server-main.js");
  const old = fs.existsSync(path.join(vscode, "vscode/out/vs/server/node/server.main.js"));
  return { node: path.join(vscode, "node/bin/node"), first: old ? [path.join(here, "serve-old.cjs"), main] : [main] };
}

export function versionOf(vscode) {
  return JSON.parse(fs.readFileSync(path.join(vscode, "vscode/package.json"), "utf8")).version;
}

// Workbench is a running Visual Studio Code.
export class Workbench {
  // start installs the extension, and another one if there is one, into a fresh profile and
  // starts the server. An address of a driver is told to the tests in the extension host.
  // A search path goes in place of that of the environment. With moveServer the server is
  // taken out of the extension, as the package for other systems is.
  static async start({ vscode, vsix, second, settings = {}, trust = true, viewport = { width: 1280, height: 800 }, driver = "", searchPath = process.env.PATH, moveServer, name = "vscode" }) {
    const w = new Workbench();
    w.data = fs.mkdtempSync(path.join(os.tmpdir(), "kconfig-vscode-"));
    try {
      await w.#start({ vscode, vsix, second, settings, trust, viewport, driver, searchPath, moveServer, name });
    } catch (error) {
      await w.stop();
      throw error;
    }
    return w;
  }

  async #start({ vscode, vsix, second, settings, trust, viewport, driver, searchPath, moveServer, name }) {
    const executablePath = browsers.find((file) => fs.existsSync(file));
    if (!executablePath) {
      throw new Error("no Chromium is installed");
    }
    const home = path.join(this.data, "home");
    for (const directory of ["data/Machine", "data/User", "home"]) {
      fs.mkdirSync(path.join(this.data, directory), { recursive: true });
    }
    const { node, first } = commandOf(vscode);
    const env = { ...process.env, HOME: home, KCONFIG_LS_DRIVER: driver, PATH: searchPath };
    const installed = spawnSync(node, [...first, "--server-data-dir", this.data, "--install-extension", vsix, ...(second ? ["--install-extension", second] : [])], { env, encoding: "utf8", timeout: 180_000 });
    if (installed.status !== 0 || !this.extension()) {
      throw new Error(`the extension was not installed: ${installed.stdout}${installed.stderr}`);
    }
    const bundled = path.join(this.extension(), "bin/kconfig-ls");
    if (moveServer) {
      fs.mkdirSync(path.dirname(moveServer), { recursive: true });
      fs.renameSync(bundled, moveServer);
    }
    const tapped = moveServer ? undefined : tap(name, bundled, this.data);
    this.settings = { ...machine, ...(tapped ? { "kconfig.server.path": tapped } : {}), ...settings };
    this.#write("Machine", this.settings);
    this.#write("User", user);

    this.port = await freePort();
    const args = ["--host", "127.0.0.1", "--port", String(this.port), "--without-connection-token", "--accept-server-license-terms", "--server-data-dir", this.data, "--telemetry-level", "off", "--force-disable-user-env"];
    if (trust) {
      args.push("--disable-workspace-trust");
    }
    this.server = spawn(node, [...first, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
    this.ended = new Promise((resolve) => this.server.on("exit", resolve));
    await new Promise((resolve, reject) => {
      let output = "";
      const collect = (chunk) => {
        output += chunk;
        if (/Extension host agent started/.test(output)) {
          resolve();
        }
      };
      this.server.stdout.on("data", collect);
      this.server.stderr.on("data", collect);
      this.server.on("exit", (code) => reject(new Error(`the server of Visual Studio Code ended with ${code}: ${output}`)));
      setTimeout(() => reject(new Error("the server of Visual Studio Code did not start: " + output)), 120_000).unref();
    });
    this.browser = await chromium.launch({ executablePath, timeout: 120_000, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
    this.page = await this.browser.newPage({ viewport, deviceScaleFactor: 1, permissions: ["clipboard-read", "clipboard-write"] });
  }

  #write(profile, values) {
    fs.writeFileSync(path.join(this.data, "data", profile, "settings.json"), JSON.stringify(values));
  }

  // setting changes a setting of the machine as its user would, in the file; without a
  // value it is again what it was at the start.
  setting(name, value = this.settings[name]) {
    this.#write("Machine", { ...this.settings, [name]: value });
  }

  // extension returns the directory in which the extension is installed.
  extension() {
    const all = path.join(this.data, "extensions");
    const name = fs.existsSync(all) && fs.readdirSync(all).find((entry) => entry.startsWith("kconfig-ls.kconfig-ls-"));
    return name ? path.join(all, name) : undefined;
  }

  get authority() {
    return `127.0.0.1:${this.port}`;
  }

  // open shows a folder or a workspace file.
  async open(target) {
    const query = new URLSearchParams({ [target.endsWith(".code-workspace") ? "workspace" : "folder"]: target });
    await this.page.goto(`http://${this.authority}/?${query}`, { waitUntil: "domcontentloaded", timeout: 120_000 });
  }

  // logs returns what the extension has written to its log.
  logs() {
    const directory = path.join(this.data, "data/logs");
    return fs
      .readdirSync(directory, { recursive: true })
      .filter((name) => /Kconfig.*\.log$/.test(name))
      .map((name) => fs.readFileSync(path.join(directory, name), "utf8"))
      .join("");
  }

  async stop() {
    await this.browser?.close();
    if (this.server) {
      this.server.kill();
      const late = setTimeout(() => this.server.kill("SIGKILL"), 10_000);
      await this.ended;
      clearTimeout(late);
    }
    fs.rmSync(this.data, { recursive: true, force: true, maxRetries: 5 });
  }
}

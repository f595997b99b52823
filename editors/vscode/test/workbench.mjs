// Runs the server of Visual Studio Code with the packaged extension installed, and opens
// its workbench in a browser without a screen.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";

const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

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

// Workbench is a running Visual Studio Code.
export class Workbench {
  // start installs the extension into a fresh profile and starts the server.
  static async start({ vscode, vsix, settings = {}, trust = true }) {
    const w = new Workbench();
    w.data = fs.mkdtempSync(path.join(os.tmpdir(), "kconfig-vscode-"));
    const home = path.join(w.data, "home");
    for (const directory of ["data/Machine", "data/User", "home"]) {
      fs.mkdirSync(path.join(w.data, directory), { recursive: true });
    }
    // Settings of this scope are read from here by the server.
    fs.writeFileSync(
      path.join(w.data, "data/Machine/settings.json"),
      JSON.stringify({ "chat.disableAIFeatures": true, "git.enabled": false, "workbench.startupEditor": "none", "security.workspace.trust.startupPrompt": "never", ...settings }),
    );
    const node = path.join(vscode, "node/bin/node");
    const main = path.join(vscode, "vscode/out/server-main.js");
    const env = { ...process.env, HOME: home };
    const installed = spawnSync(node, [main, "--server-data-dir", w.data, "--install-extension", vsix], { env, encoding: "utf8" });
    if (installed.status !== 0) {
      throw new Error("the extension was not installed: " + installed.stdout + installed.stderr);
    }
    w.port = await freePort();
    const args = ["--host", "127.0.0.1", "--port", String(w.port), "--without-connection-token", "--accept-server-license-terms", "--server-data-dir", w.data, "--telemetry-level", "off", "--enable-smoke-test-driver"];
    if (trust) {
      args.push("--disable-workspace-trust");
    }
    w.server = spawn(node, [main, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
    await new Promise((resolve, reject) => {
      let output = "";
      const collect = (chunk) => {
        output += chunk;
        if (/Extension host agent started/.test(output)) {
          resolve();
        }
      };
      w.server.stdout.on("data", collect);
      w.server.stderr.on("data", collect);
      w.server.on("exit", (code) => reject(new Error(`the server of Visual Studio Code ended with ${code}: ${output}`)));
      setTimeout(() => reject(new Error("the server of Visual Studio Code did not start: " + output)), 60_000).unref();
    });
    const executablePath = browsers.find((file) => fs.existsSync(file));
    if (!executablePath) {
      throw new Error("no Chromium is installed");
    }
    w.browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
    w.page = await w.browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 });
    return w;
  }

  get authority() {
    return `127.0.0.1:${this.port}`;
  }

  // open shows a folder, with a payload for the extension host if there is one.
  async open(folder, payload) {
    const query = new URLSearchParams({ folder });
    if (payload) {
      query.set("payload", JSON.stringify(payload));
    }
    await this.page.goto(`http://${this.authority}/?${query}`, { waitUntil: "domcontentloaded" });
  }

  // logs returns what the extension has written to its log.
  logs() {
    const found = [];
    const visit = (directory) => {
      for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
        const file = path.join(directory, entry.name);
        if (entry.isDirectory()) {
          visit(file);
        } else if (/Kconfig.*\.log$/.test(entry.name)) {
          found.push(fs.readFileSync(file, "utf8"));
        }
      }
    };
    visit(path.join(this.data, "data/logs"));
    return found.join("");
  }

  async stop() {
    await this.browser?.close();
    this.server?.kill();
    fs.rmSync(this.data, { recursive: true, force: true });
  }
}

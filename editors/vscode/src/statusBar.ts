// The item at the bottom: which tree, architecture and configuration, and whether Rust
// can be used.
import * as vscode from "vscode";
import { Rust } from "./protocol";
import { Server } from "./server";
import { Trees } from "./tree";

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("kconfig.status", vscode.StatusBarAlignment.Right, 90);
  private gate = "";
  private asked = 0;

  constructor(
    private readonly server: Server,
    private readonly trees: Trees,
  ) {
    this.item.name = "Kconfig";
    this.item.command = "kconfig.status";
    server.onDidChange(() => this.show());
    trees.onDidChange(() => void this.refresh());
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (document.languageId === "kconfig-config") {
        void this.refresh();
      }
    });
    this.show();
  }

  dispose(): void {
    this.item.dispose();
  }

  // refresh asks for the state of the gate. It takes a moment in a large tree, so the
  // rest is shown before.
  private async refresh(): Promise<void> {
    this.gate = "";
    this.show();
    const turn = ++this.asked;
    const client = await this.server.ready();
    const root = this.trees.current();
    if (!client || !root) {
      return;
    }
    try {
      const report = await client.sendRequest(Rust, { root: root.uri });
      if (turn === this.asked && report.gates.length > 0) {
        const { title, value } = report.gates[0];
        this.gate = `${title} ${value === "y" ? "on" : value === "n" ? "off" : "?"}`;
        this.show();
      }
    } catch {
      // The tree was closed, or the server is ending.
    }
  }

  private show(): void {
    const root = this.trees.current();
    if (!this.server.running) {
      this.item.text = "$(error) Kconfig";
      this.item.tooltip = "The Kconfig server does not run. Click to start it or to see the log.";
      this.item.show();
      return;
    }
    if (!root) {
      this.item.hide();
      return;
    }
    const name = vscode.Uri.parse(root.uri).path.split("/").pop() ?? "";
    this.item.text = ["$(list-tree) " + (root.arch || root.dialect), this.gate].filter(Boolean).join(" · ");
    const tooltip = new vscode.MarkdownString();
    tooltip.appendMarkdown("**Kconfig**\n\n");
    tooltip.appendText(`Tree: ${name} (${root.dialect}${root.version ? " " + root.version : ""})`);
    if (root.arch) {
      tooltip.appendText(`\nArchitecture: ${root.arch}`);
    }
    if (this.gate) {
      tooltip.appendText(`\n${this.gate}`);
    }
    if (!vscode.workspace.isTrusted) {
      tooltip.appendText("\nRestricted Mode: no compiler or other tool is asked, so what depends on one is not known.");
    }
    this.item.tooltip = tooltip;
    this.item.show();
  }

  // choose offers what can be done about it.
  async choose(): Promise<void> {
    const actions = [
      { label: "$(arrow-swap) Switch architecture", command: "kconfig.switchArchitecture" },
      { label: "$(checklist) Rust and toolchain", command: "kconfig.gates.focus" },
      { label: "$(list-tree) Menu", command: "kconfig.menu.focus" },
      { label: "$(go-to-file) Open .config", command: "kconfig.openConfig" },
      { label: "$(debug-restart) Restart the server", command: "kconfig.restart" },
      { label: "$(output) Show the log", command: "kconfig.showLog" },
    ];
    const chosen = await vscode.window.showQuickPick(actions, { title: "Kconfig" });
    if (chosen) {
      await vscode.commands.executeCommand(chosen.command);
    }
  }
}

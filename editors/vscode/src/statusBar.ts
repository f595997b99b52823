// The item at the bottom: which tree, architecture and configuration, and whether Rust
// can be used.
import * as vscode from "vscode";
import { AfterPause } from "./afterPause";
import { plain } from "./markdown";
import { Gate, Rust, RustResult } from "./protocol";
import { Server } from "./server";
import { describe, nameOf, Trees } from "./trees";
import { isVirtual } from "./virtual";

// What a gate can be, with how it is shown.
const states = {
  y: { icon: "unlock", word: "on" },
  n: { icon: "lock", word: "off" },
  unknown: { icon: "question", word: "not known" },
};

// How long, in milliseconds, nothing has to change before the gates are looked at.
const pause = 1000;

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("kconfig.status", vscode.StatusBarAlignment.Right, 90);
  private report: RustResult | undefined;
  // To look at the gates takes a large tree a second or two, which those who wait for
  // something else need more.
  private readonly asking = new AfterPause(pause, (token) => this.askForGates(token));
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly trees: Trees,
  ) {
    this.item.name = "Kconfig";
    this.item.command = "kconfig.status";
    this.disposables = [
      this.item,
      this.asking,
      server.onDidChangeState(() => this.show()),
      server.onDidChangeAnswers(() => this.refresh()),
      trees.onDidChange(() => this.refresh()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.show()),
    ];
    this.show();
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  // refresh shows what is known, and asks for the state of the gates. What was known before
  // is shown until then, if it is of the same view.
  private refresh(): void {
    const root = this.trees.current();
    if (this.report?.root !== root?.uri || this.report?.view.arch !== root?.arch) {
      this.report = undefined;
    }
    this.show();
    this.asking.ask();
  }

  private async askForGates(token: vscode.CancellationToken): Promise<void> {
    const root = this.trees.current();
    if (root === undefined) {
      return;
    }
    try {
      const report = await this.server.request(Rust, { root: root.uri, brief: true }, token);
      const now = this.trees.current();
      if (report !== undefined && report.root === now?.uri && report.view.arch === now.arch) {
        this.report = report;
        this.show();
      }
    } catch {
      // The views tell what cannot be read.
    }
  }

  private show(): void {
    const root = this.trees.current();
    const server = this.server.state;
    if (server === "stopped" && isVirtual()) {
      this.item.hide();
      return;
    }
    this.item.backgroundColor = server === "stopped" ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    if (server !== "running") {
      this.item.text = server === "starting" ? "$(loading~spin) Kconfig" : "$(warning) Kconfig";
      this.item.tooltip = server === "starting" ? "The Kconfig server is starting." : "The Kconfig server is not running. Click to start it or to see the log.";
      this.item.accessibilityInformation = { label: `Kconfig, the server is ${server}` };
      this.item.show();
      return;
    }
    if (root === undefined) {
      this.item.hide();
      return;
    }
    const gate = this.report?.gates[0];
    const state = gate && stateOf(gate);
    const view = root.arch || root.dialect;
    this.item.text = [`$(list-tree) ${view}`, gate && state && `$(${state.icon}) ${gate.title}`, !vscode.workspace.isTrusted && "$(shield)"].filter(Boolean).join(" ");
    this.item.tooltip = this.tooltip();
    this.item.accessibilityInformation = { label: `Kconfig, ${view}${gate && state ? `, ${gate.title} is ${state.word}` : ""}` };
    this.item.show();
  }

  private tooltip(): vscode.MarkdownString {
    const root = this.trees.current();
    const text = new vscode.MarkdownString(undefined, true);
    text.isTrusted = { enabledCommands: ["kconfig.switchTree", "kconfig.switchArchitecture", "kconfig.openConfig", "kconfig.gates.focus", "workbench.trust.manage"] };
    if (root === undefined) {
      return text;
    }
    const line = (label: string, value: string, command?: string) => {
      text.appendMarkdown(`**${label}:** ${plain(value)}${command === undefined ? "" : ` [$(edit)](command:${command})`}\n\n`);
    };
    line("Tree", `${nameOf(root)} (${describe(root)})`, this.trees.all().length > 1 ? "kconfig.switchTree" : undefined);
    if (root.arch) {
      line("Architecture", root.arch, root.archs.length > 1 ? "kconfig.switchArchitecture" : undefined);
    }
    if (this.report !== undefined) {
      const { config, gates } = this.report;
      const name = plain(vscode.workspace.asRelativePath(vscode.Uri.parse(config.uri)));
      text.appendMarkdown(`**Configuration:** ${name}`);
      text.appendMarkdown(config.exists ? " [$(go-to-file)](command:kconfig.openConfig)\n\n" : ", which does not exist: values are the defaults\n\n");
      for (const gate of gates) {
        line(gate.title, describeGate(gate), "kconfig.gates.focus");
      }
    }
    if (!vscode.workspace.isTrusted) {
      text.appendMarkdown("---\n\n$(shield) Restricted Mode: no compiler or other tool is asked, so what depends on one is not known. [Manage trust](command:workbench.trust.manage)");
    }
    return text;
  }

  // choose offers what can be done about it.
  async choose(): Promise<void> {
    const root = this.trees.current();
    const gate = this.report?.gates[0];
    const separator = { label: "", kind: vscode.QuickPickItemKind.Separator, command: "" };
    const server = [
      { label: "$(debug-restart) Restart the server", command: "kconfig.restart" },
      { label: "$(output) Show the log", command: "kconfig.showLog" },
      { label: "$(gear) Settings", command: "kconfig.openSettings" },
    ];
    const tree =
      root === undefined
        ? []
        : [
            ...(this.trees.all().length > 1 ? [{ label: "$(root-folder) Switch tree", description: nameOf(root), command: "kconfig.switchTree" }] : []),
            ...(root.archs.length > 1 ? [{ label: "$(arrow-swap) Switch architecture", description: root.arch, command: "kconfig.switchArchitecture" }] : []),
            { label: "$(list-tree) Show the menu", command: "kconfig.menu.focus" },
            { label: "$(checklist) Show what holds Rust back", description: gate && `${gate.title}: ${describeGate(gate)}`, command: "kconfig.gates.focus" },
            { label: "$(go-to-file) Open .config", command: "kconfig.openConfig" },
            { label: "$(play) Check the whole tree", command: "kconfig.checkTree" },
            separator,
          ];
    const chosen = await vscode.window.showQuickPick<vscode.QuickPickItem & { command: string }>([...tree, ...server], {
      title: root === undefined ? "Kconfig" : `Kconfig: ${nameOf(root)}, ${describe(root)}`,
    });
    if (chosen !== undefined) {
      await vscode.commands.executeCommand(chosen.command);
    }
  }
}

// conditionsOf returns the conditions of a gate that are in a state.
function conditionsOf(gate: Gate, state: "no" | "unknown"): string[] {
  return gate.conditions.filter((condition) => !condition.tool && !condition.advice && condition.state === state).map((condition) => condition.text);
}

// stateOf returns what a gate is. One that is off is closed if a condition fails; if that is
// not known, so is the gate.
function stateOf(gate: Gate) {
  const open = gate.value === "n" && conditionsOf(gate, "no").length === 0 && conditionsOf(gate, "unknown").length > 0;
  return states[open ? "unknown" : gate.value];
}

function describeGate(gate: Gate): string {
  const { word } = stateOf(gate);
  const [failing, unknown] = [conditionsOf(gate, "no"), conditionsOf(gate, "unknown")];
  if (gate.value === "y") {
    return word;
  }
  if (failing.length > 0) {
    return `${word}: ${failing.join(", ")} not met`;
  }
  return unknown.length > 0 ? `${word}: ${unknown.join(", ")}` : word;
}

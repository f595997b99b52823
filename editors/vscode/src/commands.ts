// The commands of the palette and of code lenses.
import * as vscode from "vscode";
import { Location, Position } from "vscode-languageclient/node";
import { Reason, Rust, Why } from "./protocol";
import { Server } from "./server";
import { Trees } from "./tree";

// symbolHere returns the name of the symbol at the cursor, without CONFIG_.
function symbolHere(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const range = editor?.document.getWordRangeAtPosition(editor.selection.active, /[A-Za-z0-9_]+/);
  return range && editor ? editor.document.getText(range).replace(/^CONFIG_/, "") : undefined;
}

export async function symbolOf(argument: unknown): Promise<string | undefined> {
  if (typeof argument === "string") {
    return argument;
  }
  const item = (argument as { item?: { symbol?: string } } | undefined)?.item;
  return item?.symbol ?? (await vscode.window.showInputBox({ title: "Symbol", value: symbolHere() ?? "", prompt: "With or without CONFIG_" }));
}

export class Commands {
  constructor(
    private readonly server: Server,
    private readonly trees: Trees,
  ) {}

  // why shows why a symbol is not y, down to the root, as a list to walk through.
  async why(argument?: unknown): Promise<void> {
    const client = await this.server.ready();
    const symbol = (await symbolOf(argument))?.replace(/^CONFIG_/, "");
    if (!client || !symbol) {
      return;
    }
    const result = await client.sendRequest(Why, { root: this.trees.current()?.uri, symbol });
    const rows: (vscode.QuickPickItem & { place?: Location })[] = [];
    const collect = (reason: Reason, depth: number) => {
      rows.push({ label: "\u2003".repeat(depth) + reason.text, place: reason.place });
      for (const cause of reason.causes) {
        collect(cause, depth + 1);
      }
    };
    collect(result.reason, 0);
    const chosen = await vscode.window.showQuickPick(rows, {
      title: `${result.symbol.name} is ${result.symbol.known ? (result.symbol.value ?? "") : "not known"}`,
      placeHolder: "Choose a line to go there",
    });
    if (chosen?.place) {
      await this.open(client.protocol2CodeConverter.asLocation(chosen.place));
    }
  }

  private async open(location: vscode.Location): Promise<void> {
    await vscode.window.showTextDocument(location.uri, { selection: location.range });
  }

  // showGated lists what needs Rust.
  async showGated(): Promise<void> {
    const client = await this.server.ready();
    const root = this.trees.current();
    if (!client || !root) {
      return;
    }
    const report = await client.sendRequest(Rust, { root: root.uri });
    const chosen = await vscode.window.showQuickPick(
      report.gated.map((one) => ({ label: one.symbol, description: one.prompt ?? "", detail: one.chain.map((link) => link.text).join(" › "), one })),
      { title: "Symbols that need Rust", matchOnDescription: true },
    );
    if (chosen?.one.file) {
      const line = (chosen.one.line ?? 1) - 1;
      await this.open(new vscode.Location(vscode.Uri.joinPath(vscode.Uri.parse(root.uri), chosen.one.file), new vscode.Position(line, 0)));
    }
  }

  async goToSymbol(): Promise<void> {
    await vscode.commands.executeCommand("workbench.action.quickOpen", "#" + (symbolHere() ?? ""));
  }

  async openConfig(): Promise<void> {
    const root = this.trees.current();
    if (!root) {
      return;
    }
    const uri = vscode.Uri.joinPath(vscode.Uri.parse(root.uri), root.dialect === "esp-idf" ? "sdkconfig" : ".config");
    try {
      await vscode.window.showTextDocument(uri);
    } catch {
      void vscode.window.showInformationMessage("This tree has no .config yet. What you change in the Kconfig menu is saved to one.");
    }
  }

  // checkTree runs the checks over the whole tree in a terminal, where links lead to
  // the places.
  async checkTree(command: string): Promise<void> {
    const root = this.trees.current();
    if (!root) {
      return;
    }
    const task = new vscode.Task(
      { type: "kconfig", command: "check" },
      vscode.TaskScope.Workspace,
      "check",
      "Kconfig",
      new vscode.ProcessExecution(command, ["check", ...(root.arch ? ["--arch", root.arch] : []), vscode.Uri.parse(root.uri).fsPath]),
    );
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, panel: vscode.TaskPanelKind.Dedicated };
    await vscode.tasks.executeTask(task);
  }

  // showReferences carries out the command of a lens.
  async showReferences(uri: string, position: Position, locations: Location[]): Promise<void> {
    const client = await this.server.ready();
    if (!client) {
      return;
    }
    const converter = client.protocol2CodeConverter;
    await vscode.commands.executeCommand(
      "editor.action.showReferences",
      vscode.Uri.parse(uri),
      converter.asPosition(position),
      locations.map((location) => converter.asLocation(location)),
    );
  }

  // showAt shows the hover of a place: the commands of lenses about values and gates.
  async showAt(uri: string, position: Position): Promise<void> {
    const client = await this.server.ready();
    if (!client) {
      return;
    }
    const at = client.protocol2CodeConverter.asPosition(position);
    await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(at, at) });
    await vscode.commands.executeCommand("editor.action.showHover");
  }
}

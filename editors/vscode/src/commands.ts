// The commands of the palette and of code lenses.
import * as vscode from "vscode";
import { Location, Position } from "vscode-languageclient/node";
import { Menu, Rust } from "./protocol";
import { Server } from "./server";
import { bare, pickSymbol, symbolAtCursor } from "./symbols";
import { noTree, Trees } from "./trees";

export class Commands {
  constructor(
    private readonly server: Server,
    private readonly trees: Trees,
  ) {}

  // showGated lists what needs Rust.
  async showGated(): Promise<void> {
    const root = this.trees.current();
    if (root === undefined) {
      void vscode.window.showInformationMessage(noTree);
      return;
    }
    const report = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: "Kconfig: looking for what needs Rust" }, () => this.server.ask(Rust, { root: root.uri }));
    if (report === undefined) {
      return;
    }
    if (report.gates.length === 0) {
      void vscode.window.showInformationMessage("Nothing in this tree stands for Rust.");
      return;
    }
    const icons = { open: "unlock", closed: "lock", unknown: "question" };
    const chosen = await vscode.window.showQuickPick(
      report.gated.map((one) => ({ label: `$(${icons[one.state]}) ${one.symbol}`, description: one.prompt ?? "", detail: one.chain.map((link) => link.text).join(" › "), one })),
      { title: `${report.gated.length} symbols that need ${report.gates.map((gate) => gate.title).join(" or ")}`, placeHolder: "Choose one to go to its definition", matchOnDescription: true, matchOnDetail: true },
    );
    if (chosen?.one.file) {
      const at = new vscode.Position(Math.max((chosen.one.line ?? 1) - 1, 0), 0);
      await show(new vscode.Location(vscode.Uri.joinPath(vscode.Uri.parse(root.uri), chosen.one.file), at));
    }
  }

  // goToSymbol shows the definition of the symbol at the cursor, in Kconfig files and in
  // code, or of one that the user picks.
  async goToSymbol(argument?: unknown): Promise<void> {
    const name = typeof argument === "string" ? bare(argument) : undefined;
    if (name === undefined && symbolAtCursor() !== undefined) {
      await vscode.commands.executeCommand("editor.action.revealDefinition");
      return;
    }
    const picked = name === undefined ? await pickSymbol(this.server, "Go to the definition of a symbol") : { symbol: name, location: await this.definitionOf(name) };
    if (picked?.location !== undefined) {
      await show(picked.location);
    } else if (picked !== undefined) {
      void vscode.window.showInformationMessage(`No Kconfig file of the workspace defines ${picked.symbol}.`);
    }
  }

  private async definitionOf(name: string): Promise<vscode.Location | undefined> {
    const found = await vscode.commands.executeCommand<vscode.SymbolInformation[] | undefined>("vscode.executeWorkspaceSymbolProvider", name);
    return found?.find((symbol) => symbol.name.split("  ")[0] === name && symbol.location.uri.scheme === "file")?.location;
  }

  async openConfig(): Promise<void> {
    const root = this.trees.current();
    if (root === undefined) {
      void vscode.window.showInformationMessage(noTree);
      return;
    }
    const config = (await this.server.ask(Menu, { root: root.uri, depth: 0 }))?.config;
    if (config === undefined) {
      return;
    }
    const file = vscode.Uri.parse(config.uri);
    if (config.exists) {
      await vscode.window.showTextDocument(file);
      return;
    }
    const chosen = await vscode.window.showInformationMessage(`${vscode.workspace.asRelativePath(file)} does not exist yet. What you change in the Kconfig menu is saved to it.`, "Show the Menu");
    if (chosen !== undefined) {
      await vscode.commands.executeCommand("kconfig.menu.focus");
    }
  }

  // showReferences carries out the command of a lens.
  async showReferences(uri: string, position: Position, locations: Location[]): Promise<void> {
    const converter = (await this.server.ready())?.protocol2CodeConverter;
    if (converter !== undefined) {
      await vscode.commands.executeCommand("editor.action.showReferences", vscode.Uri.parse(uri), converter.asPosition(position), locations.map((location) => converter.asLocation(location)));
    }
  }

  // showAt shows the hover of a place: the commands of lenses about values and gates.
  async showAt(uri: string, position: Position): Promise<void> {
    const at = new vscode.Position(position.line, position.character);
    await show(new vscode.Location(vscode.Uri.parse(uri), at));
    await vscode.commands.executeCommand("editor.action.showHover");
  }
}

async function show(location: vscode.Location): Promise<void> {
  await vscode.window.showTextDocument(location.uri, { selection: location.range });
}

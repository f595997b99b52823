// Which tree, view and configuration the window is about.
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { Root, SetView, Views } from "./protocol";
import { Server } from "./server";

// Trees knows the trees that the server has loaded.
export class Trees {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private roots: Root[] = [];
  private asked = 0;

  constructor(private readonly server: Server) {
    server.onDidChange(() => void this.refresh());
    vscode.window.onDidChangeActiveTextEditor(() => void this.refresh());
  }

  // refresh asks the server which trees there are.
  async refresh(): Promise<void> {
    const turn = ++this.asked;
    const client = await this.server.ready();
    const roots = client ? (await this.request(client)) : [];
    if (turn !== this.asked) {
      return; // a later question has been asked
    }
    if (JSON.stringify(roots) !== JSON.stringify(this.roots)) {
      this.roots = roots;
      this.changed.fire();
    }
  }

  private async request(client: LanguageClient): Promise<Root[]> {
    try {
      return (await client.sendRequest(Views)).roots;
    } catch {
      return []; // the server is ending
    }
  }

  // current returns the tree of the active editor, else the only or first one.
  current(): Root | undefined {
    const active = vscode.window.activeTextEditor?.document.uri;
    if (active?.scheme === "file") {
      const inside = this.roots
        .filter((root) => within(vscode.Uri.parse(root.uri).fsPath, active.fsPath))
        .sort((a, b) => b.uri.length - a.uri.length);
      if (inside.length > 0) {
        return inside[0];
      }
    }
    return this.roots[0];
  }

  // switch makes an architecture that the user picks the one that is shown.
  async switch(): Promise<void> {
    const root = this.current();
    const client = await this.server.ready();
    if (!root || !client) {
      void vscode.window.showInformationMessage("No Kconfig tree is open.");
      return;
    }
    if (root.archs.length === 0) {
      void vscode.window.showInformationMessage("This tree has no architectures to choose from.");
      return;
    }
    const chosen = await vscode.window.showQuickPick(
      root.archs.map((arch) => ({ label: arch, description: arch === root.arch ? "shown now" : "" })),
      { title: "Architecture", placeHolder: "The architecture whose view is shown" },
    );
    if (chosen) {
      await client.sendRequest(SetView, { uri: root.uri, arch: chosen.label });
      await this.refresh();
    }
  }
}

function within(directory: string, file: string): boolean {
  return file === directory || file.startsWith(directory.endsWith("/") ? directory : directory + (process.platform === "win32" ? "\\" : "/"));
}

// Which trees there are, and which one the window is about.
import * as path from "node:path";
import * as vscode from "vscode";
import { Root, SetView, Views } from "./protocol";
import { Server } from "./server";

// noTree tells that there is none.
export const noTree = "No Kconfig tree is open: open the top directory of a kernel, or of another project with Kconfig files.";

// Trees knows the trees that the server has loaded. The current one is that of the last
// file that was looked at, or the one that the user has picked since.
export class Trees implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  // onDidChange fires when there are other trees or views, or another one is current.
  readonly onDidChange = this.changed.event;
  private roots: Root[] = [];
  private chosen: string | undefined; // the URI of the current tree
  private asked = 0;
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.disposables = [
      this.changed,
      server.onDidChangeState(() => void this.refresh()),
      server.onDidChangeAnswers(() => void this.refresh()),
      vscode.window.onDidChangeActiveTextEditor(() => this.follow()),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  // refresh asks the server which trees there are.
  async refresh(): Promise<void> {
    const turn = ++this.asked;
    let roots: Root[];
    try {
      roots = (await this.server.request(Views, {}))?.roots ?? [];
    } catch {
      roots = []; // the server tells in its log what is wrong
    }
    if (turn !== this.asked) {
      return; // a later question has been asked
    }
    const same = JSON.stringify(roots) === JSON.stringify(this.roots);
    this.roots = roots;
    if (!same) {
      void vscode.commands.executeCommand("setContext", "kconfig.treeOpen", roots.length > 0);
      void vscode.commands.executeCommand("setContext", "kconfig.severalTrees", roots.length > 1);
      this.select(this.treeOf(vscode.window.activeTextEditor?.document.uri) ?? this.current());
      this.changed.fire();
    }
  }

  all(): readonly Root[] {
    return this.roots;
  }

  current(): Root | undefined {
    return this.roots.find((root) => root.uri === this.chosen) ?? this.roots[0];
  }

  // treeOf returns the innermost tree that a file lies in.
  treeOf(uri: vscode.Uri | undefined): Root | undefined {
    if (uri?.scheme !== "file") {
      return undefined;
    }
    return this.roots
      .filter((root) => within(vscode.Uri.parse(root.uri).fsPath, uri.fsPath))
      .sort((a, b) => b.uri.length - a.uri.length)[0];
  }

  private follow(): void {
    const root = this.treeOf(vscode.window.activeTextEditor?.document.uri);
    if (root !== undefined && this.select(root)) {
      this.changed.fire();
    }
  }

  // select reports whether another tree is current now.
  private select(root: Root | undefined): boolean {
    const before = this.current()?.uri;
    this.chosen = root?.uri;
    void vscode.commands.executeCommand("setContext", "kconfig.severalArchitectures", (root?.archs.length ?? 0) > 1);
    return this.current()?.uri !== before;
  }

  // switchTree has the user pick the tree that views and commands are about.
  async switchTree(): Promise<void> {
    const current = this.current();
    const chosen = await vscode.window.showQuickPick(
      this.roots.map((root) => ({ label: nameOf(root), description: describe(root), detail: vscode.Uri.parse(root.uri).fsPath, root, picked: root === current })),
      { title: "Kconfig tree", placeHolder: "The tree that the views and commands are about", matchOnDetail: true },
    );
    if (chosen !== undefined && this.select(chosen.root)) {
      this.changed.fire();
    }
  }

  // switchArchitecture makes an architecture that the user picks the one that is shown.
  async switchArchitecture(): Promise<void> {
    const root = this.current();
    if (root === undefined) {
      void vscode.window.showInformationMessage(noTree);
      return;
    }
    if (root.archs.length === 0) {
      void vscode.window.showInformationMessage(`The tree ${nameOf(root)} has no architectures to choose from.`);
      return;
    }
    const chosen = await vscode.window.showQuickPick(
      root.archs.map((arch) => ({ label: arch, description: arch === root.arch ? "shown now" : "" })),
      { title: `Architecture of ${nameOf(root)}`, placeHolder: "The architecture whose view is shown" },
    );
    if (chosen !== undefined && (await this.server.ask(SetView, { uri: root.uri, arch: chosen.label })) !== undefined) {
      await this.refresh();
    }
  }
}

// nameOf returns the name of a tree's directory.
export function nameOf(root: Root): string {
  return path.posix.basename(vscode.Uri.parse(root.uri).path) || "/";
}

// describe tells a tree's project and version.
export function describe(root: Root): string {
  return [root.dialect, root.version].filter(Boolean).join(" ");
}

// within reports whether a file is below a directory, or is it.
export function within(directory: string, file: string): boolean {
  const way = path.relative(directory, file);
  return way === "" || (way !== ".." && !way.startsWith(".." + path.sep) && !path.isAbsolute(way));
}

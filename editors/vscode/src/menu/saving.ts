// Shows what a configuration would be with the changes that are not saved, and saves it.
import * as vscode from "vscode";
import { count, listed } from "../enable";
import { Save, SaveResult } from "../protocol";
import { Server } from "../server";
import { Pending } from "./pending";

// scheme is of the two sides of a comparison: the file as it would be, and in place of a
// file that does not exist an empty one.
export const scheme = "kconfig-pending";

// Saving compares and saves one configuration at a time.
export class Saving implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly texts = new Map<string, string>();
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.disposables = [
      this.changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument((document) => this.texts.delete(document.uri.toString())),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? "";
  }

  // showChanges compares the file with what would be saved.
  async showChanges(pending: Pending): Promise<void> {
    const saved = await this.result(pending);
    if (saved === undefined) {
      return;
    }
    const file = vscode.Uri.parse(saved.config.uri);
    await this.update(saved);
    const left = saved.config.exists ? file : file.with({ scheme, query: "nothing" });
    await vscode.commands.executeCommand("vscode.diff", left, file.with({ scheme }), `${vscode.workspace.asRelativePath(file)}: what would be saved`, { preview: true });
  }

  // refresh brings a comparison up to date that is shown.
  async refresh(pending: Pending): Promise<void> {
    if (vscode.workspace.textDocuments.some((document) => document.uri.scheme === scheme)) {
      const saved = await this.result(pending);
      if (saved !== undefined) {
        await this.update(saved);
      }
    }
  }

  private async update(saved: SaveResult): Promise<void> {
    const file = vscode.Uri.parse(saved.config.uri);
    const after = file.with({ scheme });
    this.texts.set(after.toString(), await this.textAfter(file, saved));
    this.changed.fire(after);
  }

  private result(pending: Pending): Promise<SaveResult | undefined> {
    return this.server.ask(Save, { root: pending.root, arch: pending.arch, changes: pending.changes });
  }

  // textAfter returns the text that a file has after an edit.
  private async textAfter(file: vscode.Uri, saved: SaveResult): Promise<string> {
    const document = saved.config.exists ? await vscode.workspace.openTextDocument(file) : undefined;
    const before = document?.getText() ?? "";
    const client = await this.server.ready();
    if (client === undefined || saved.edit === null) {
      return before;
    }
    const edits = (await client.protocol2CodeConverter.asWorkspaceEdit(saved.edit)).get(file);
    let text = before;
    for (const edit of [...edits].sort((a, b) => b.range.start.compareTo(a.range.start))) {
      const [start, end] = document === undefined ? [0, text.length] : [document.offsetAt(edit.range.start), document.offsetAt(edit.range.end)];
      text = text.slice(0, start) + edit.newText + text.slice(end);
    }
    return text;
  }

  // save writes the changes, after the user has seen what follows from them and agreed. It
  // reports whether the file has them now.
  async save(pending: Pending, confirm: boolean): Promise<boolean> {
    if (confirm && !(await this.confirmed(pending))) {
      return false;
    }
    const saved = await this.result(pending);
    if (saved === undefined) {
      return false;
    }
    const file = vscode.Uri.parse(saved.config.uri);
    const name = vscode.workspace.asRelativePath(file);
    if (saved.edit === null) {
      return true; // somebody else has written the same
    }
    if (!(await this.server.apply(saved.edit)) || !(await (await vscode.workspace.openTextDocument(file)).save())) {
      void vscode.window.showErrorMessage(`${name} could not be written. Your changes are kept: see that the file can be written, and save again.`);
      return false;
    }
    return true;
  }

  private async confirmed(pending: Pending): Promise<boolean> {
    const result = await pending.compute();
    if (result === undefined) {
      return false;
    }
    const name = vscode.workspace.asRelativePath(vscode.Uri.parse(result.config.uri));
    const lines = listed(result.effects);
    if (result.unknown.length > 0) {
      lines.push("", `Left as they are, since it is not known what they come to: ${some(result.unknown)}. A compiler or another tool was not asked.`);
    }
    const title = `Save ${count(pending.changes.length, "change")} to ${name}?`;
    const chosen = await vscode.window.showInformationMessage(title, { modal: true, detail: lines.join("\n") }, "Save", "Show Changes");
    if (chosen === "Show Changes") {
      await this.showChanges(pending);
    }
    return chosen === "Save";
  }
}

function some(names: readonly string[]): string {
  const most = 5;
  return names.slice(0, most).join(", ") + (names.length > most ? ` and ${names.length - most} more` : "");
}

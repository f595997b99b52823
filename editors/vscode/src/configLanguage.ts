// Fragments of a tree whose names say nothing, such as debug.config, are configurations if
// that is what is in them: elsewhere such files may be anything, and are left to others.
import * as vscode from "vscode";
import { Trees } from "./trees";

const language = "kconfig-config";
const names = /\.(?:config|conf|cfg|fragment)$/;
const line = /^(?:# )?CONFIG_\w+(?:=| is not set$)/m;
// How much of a file is looked at.
const firstLines = 100;

export class ConfigLanguage implements vscode.Disposable {
  // Open documents whose language was set. If the user sets another one, that counts.
  private readonly done = new Set<string>();
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly trees: Trees) {
    this.disposables = [
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
      trees.onDidChange(() => vscode.workspace.textDocuments.forEach((document) => this.look(document))),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  // forget is about a document that is closed. One that gets another language is told to be
  // closed, too, but is still there.
  private forget(document: vscode.TextDocument): void {
    if (!vscode.workspace.textDocuments.includes(document)) {
      this.done.delete(document.uri.toString());
    }
  }

  private look(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    if (document.languageId === language || !names.test(document.uri.path) || this.done.has(key) || this.trees.treeOf(document.uri) === undefined) {
      return;
    }
    if (line.test(document.getText(new vscode.Range(0, 0, firstLines, 0)))) {
      this.done.add(key);
      void vscode.languages.setTextDocumentLanguage(document, language);
    }
  }
}

// Files of a tree that end in .config are configurations, also where no pattern says so:
// elsewhere they may be anything, and are left to others.
import * as vscode from "vscode";
import { Trees } from "./trees";

const language = "kconfig-config";
const line = /^(?:# )?CONFIG_\w+(?:=| is not set$)/m;
// How much of a file is looked at.
const firstLines = 100;

export class ConfigLanguage implements vscode.Disposable {
  // Documents whose language was set. If the user sets another one, that counts.
  private readonly done = new Set<string>();
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly trees: Trees) {
    this.disposables = [
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
      trees.onDidChange(() => vscode.workspace.textDocuments.forEach((document) => this.look(document))),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private look(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    if (document.languageId === language || !document.uri.path.endsWith(".config") || this.done.has(key) || this.trees.treeOf(document.uri) === undefined) {
      return;
    }
    this.done.add(key);
    if (line.test(document.getText(new vscode.Range(0, 0, firstLines, 0)))) {
      void vscode.languages.setTextDocumentLanguage(document, language);
    }
  }
}

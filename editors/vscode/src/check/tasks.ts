// The check of a whole tree as a task.
import * as vscode from "vscode";
import { findProgram } from "../program";
import { Root } from "../protocol";
import { nameOf, Trees } from "../trees";
import { CheckTerminal } from "./terminal";

const type = "kconfig";

interface CheckDefinition extends vscode.TaskDefinition {
  command: "check";
  tree?: string; // its directory
  arch?: string; // or "all"
  arguments?: string[];
}

// CheckTasks offers a check of each tree as it is seen now, and for all architectures.
export class CheckTasks implements vscode.TaskProvider, vscode.Disposable {
  private readonly problems = vscode.languages.createDiagnosticCollection("kconfig-check");
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly trees: Trees,
    private readonly extensionPath: string,
  ) {
    this.disposables = [
      this.problems,
      vscode.tasks.registerTaskProvider(type, this),
      // From then on the places may be others, and the server looks at it anyway.
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => contentChanges.length > 0 && this.problems.delete(document.uri)),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  provideTasks(): vscode.Task[] {
    const definitions = this.trees.all().flatMap((root) => [definitionFor(root, root.arch), ...(root.archs.length > 1 ? [definitionFor(root, "all")] : [])]);
    return definitions.map((definition) => this.task(definition)).filter((task) => task !== undefined);
  }

  resolveTask(task: vscode.Task): vscode.Task | undefined {
    return isCheck(task.definition) ? this.task(task.definition, task.scope) : undefined;
  }

  // check runs the check of the current tree.
  async check(): Promise<void> {
    const root = this.trees.current();
    if (root === undefined) {
      void vscode.window.showInformationMessage("No Kconfig tree is open.");
      return;
    }
    const arch = root.archs.length > 1 ? await pickArchitecture(root) : root.arch;
    const task = arch === undefined ? undefined : this.task(definitionFor(root, arch));
    if (task !== undefined) {
      await vscode.tasks.executeTask(task);
    }
  }

  private task(definition: CheckDefinition, scope?: vscode.WorkspaceFolder | vscode.TaskScope): vscode.Task | undefined {
    const program = findProgram(this.extensionPath);
    const current = this.trees.current();
    const directory = definition.tree ?? (current && vscode.Uri.parse(current.uri).fsPath);
    if ("problem" in program || directory === undefined) {
      return undefined;
    }
    const args = ["check", ...(definition.arch ? ["--arch", definition.arch] : []), ...(definition.arguments ?? []), "."];
    const root = this.trees.all().find((one) => vscode.Uri.parse(one.uri).fsPath === directory);
    const name = ["check", root ? nameOf(root) : directory, definition.arch && `(${definition.arch === "all" ? "all architectures" : definition.arch})`].filter(Boolean).join(" ");
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(directory));
    const execution = new vscode.CustomExecution(async () => new CheckTerminal(program.command, args, directory, this.problems));
    const task = new vscode.Task(definition, scope ?? folder ?? vscode.TaskScope.Workspace, name, type, execution, []);
    task.detail = `kconfig-ls ${args.join(" ")}`;
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, panel: vscode.TaskPanelKind.Dedicated, clear: true };
    return task;
  }
}

function definitionFor(root: Root, arch: string): CheckDefinition {
  return { type, command: "check", tree: vscode.Uri.parse(root.uri).fsPath, ...(arch ? { arch } : {}) };
}

function isCheck(definition: vscode.TaskDefinition): definition is CheckDefinition {
  return definition.type === type && definition.command === "check";
}

async function pickArchitecture(root: Root): Promise<string | undefined> {
  const chosen = await vscode.window.showQuickPick(
    [
      { label: root.arch, description: "as it is shown now", arch: root.arch },
      { label: `All ${root.archs.length} architectures`, description: "and the files that none of them has", arch: "all" },
    ],
    { title: `Check ${nameOf(root)}`, placeHolder: "The architectures whose views are checked" },
  );
  return chosen?.arch;
}

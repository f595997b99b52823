// The check of a whole tree as a task, whose findings the editor lists as problems.
import * as vscode from "vscode";
import { findProgram } from "./program";
import { Root } from "./protocol";
import { nameOf, Trees } from "./trees";

const type = "kconfig";
const matcher = "$kconfig-ls";

interface CheckDefinition extends vscode.TaskDefinition {
  command: "check";
  tree?: string; // its directory
  arch?: string; // or "all"
  arguments?: string[];
}

// CheckTasks offers a check of each tree as it is seen now, and for all architectures.
export class CheckTasks implements vscode.TaskProvider, vscode.Disposable {
  private readonly registration = vscode.tasks.registerTaskProvider(type, this);

  constructor(
    private readonly trees: Trees,
    private readonly extensionPath: string,
  ) {}

  dispose(): void {
    this.registration.dispose();
  }

  provideTasks(): vscode.Task[] {
    return this.trees.all().flatMap((root) => [this.task(definitionFor(root, root.arch)), ...(root.archs.length > 1 ? [this.task(definitionFor(root, "all"))] : [])]).filter((task) => task !== undefined);
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
    const archs = root.archs.length > 1 ? await pickArchitecture(root) : root.arch;
    const task = archs === undefined ? undefined : this.task(definitionFor(root, archs));
    if (task !== undefined) {
      await vscode.tasks.executeTask(task);
    }
  }

  private task(definition: CheckDefinition, scope?: vscode.WorkspaceFolder | vscode.TaskScope): vscode.Task | undefined {
    const program = findProgram(this.extensionPath);
    const directory = definition.tree ?? this.treeDirectory();
    if ("problem" in program || directory === undefined) {
      return undefined;
    }
    const args = ["check", ...(definition.arch ? ["--arch", definition.arch] : []), ...(definition.arguments ?? []), "."];
    const root = this.trees.all().find((one) => vscode.Uri.parse(one.uri).fsPath === directory);
    const name = [root ? nameOf(root) : directory, definition.arch].filter(Boolean).join(", ");
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(directory));
    const task = new vscode.Task(definition, scope ?? folder ?? vscode.TaskScope.Workspace, `check ${name}`, "kconfig", new vscode.ProcessExecution(program.command, args, { cwd: directory }), matcher);
    task.detail = `kconfig-ls ${args.join(" ")}`;
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, panel: vscode.TaskPanelKind.Dedicated, clear: true };
    return task;
  }

  private treeDirectory(): string | undefined {
    const root = this.trees.current();
    return root && vscode.Uri.parse(root.uri).fsPath;
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
      { label: `All ${root.archs.length} architectures`, description: "takes longer", arch: "all" },
    ],
    { title: `Check ${nameOf(root)}`, placeHolder: "The architectures whose views are checked" },
  );
  return chosen?.arch;
}

// The check of a whole tree as a task.
import * as path from "node:path";
import * as vscode from "vscode";
import { findProgram } from "../program";
import { Root } from "../protocol";
import { nameOf, noTree, Trees } from "../trees";
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
    return definitions.map((definition) => this.task(definition));
  }

  resolveTask(task: vscode.Task): vscode.Task | undefined {
    return isCheck(task.definition) ? this.task(task.definition, task.scope) : undefined;
  }

  // check runs the check of the current tree.
  async check(): Promise<void> {
    const root = this.trees.current();
    if (root === undefined) {
      void vscode.window.showInformationMessage(noTree);
      return;
    }
    const arch = root.archs.length > 1 ? await pickArchitecture(root) : root.arch;
    const program = findProgram(this.extensionPath);
    if ("problem" in program) {
      void vscode.window.showErrorMessage(program.problem);
    } else if (arch !== undefined) {
      await vscode.tasks.executeTask(this.task(definitionFor(root, arch)));
    }
  }

  private task(definition: CheckDefinition, scope?: vscode.WorkspaceFolder | vscode.TaskScope): vscode.Task {
    const directory = this.directoryOf(definition);
    const root = this.trees.all().find((one) => vscode.Uri.parse(one.uri).fsPath === directory);
    const name = ["check", root ? nameOf(root) : directory, definition.arch && `(${definition.arch === "all" ? "all architectures" : definition.arch})`].filter(Boolean).join(" ");
    const folder = directory === undefined ? undefined : vscode.workspace.getWorkspaceFolder(vscode.Uri.file(directory));
    // What the definition refers to, such as ${workspaceFolder}, is put in when the task is run.
    const execution = new vscode.CustomExecution(async (resolved) => this.terminal(isCheck(resolved) ? resolved : definition));
    const task = new vscode.Task(definition, scope ?? folder ?? vscode.TaskScope.Workspace, name, type, execution, []);
    task.detail = `kconfig-ls ${argumentsOf(definition).join(" ")}`;
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, panel: vscode.TaskPanelKind.Dedicated, clear: true };
    return task;
  }

  private terminal(definition: CheckDefinition): CheckTerminal {
    const program = findProgram(this.extensionPath);
    const directory = this.directoryOf(definition);
    if ("problem" in program) {
      throw new Error(program.problem);
    }
    if (directory === undefined) {
      throw new Error(`${noTree} A task may name the directory of one, as "tree".`);
    }
    return new CheckTerminal(program.command, argumentsOf(definition), directory, this.problems);
  }

  // directoryOf returns where a check is made: a relative name is one in the first folder.
  private directoryOf({ tree }: CheckDefinition): string | undefined {
    if (tree === undefined) {
      const current = this.trees.current();
      return current && vscode.Uri.parse(current.uri).fsPath;
    }
    return path.resolve(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "", tree);
  }
}

// argumentsOf returns the arguments of a check, with what the settings say that it takes.
function argumentsOf(definition: CheckDefinition): string[] {
  const settings = vscode.workspace.getConfiguration("kconfig");
  const dialect = settings.get<string>("dialect", "");
  const off = Object.entries(settings.get<Record<string, string>>("checks", {})).flatMap(([name, level]) => (level === "off" ? [name] : []));
  return ["check", ...(definition.arch ? ["--arch", definition.arch] : []), ...(dialect ? ["--dialect", dialect] : []), ...(off.length > 0 ? ["--skip", off.join(",")] : []), ...(definition.arguments ?? []), "."];
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

// The terminal of a check: shows the report, and lists what it finds as problems.
import { ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import { createInterface } from "node:readline";
import * as vscode from "vscode";
import { Finding, isKnown, parseFinding, toDiagnostic } from "./finding";

// CheckTerminal runs the check once.
export class CheckTerminal implements vscode.Pseudoterminal {
  private readonly written = new vscode.EventEmitter<string>();
  readonly onDidWrite = this.written.event;
  private readonly closed = new vscode.EventEmitter<number>();
  readonly onDidClose = this.closed.event;
  private process: ChildProcess | undefined;

  constructor(
    private readonly command: string,
    private readonly args: readonly string[],
    private readonly directory: string,
    private readonly problems: vscode.DiagnosticCollection,
  ) {}

  open(): void {
    this.problems.clear();
    this.written.fire(`kconfig-ls ${this.args.join(" ")}\r\n\r\n`);
    const findings: Finding[] = [];
    const show = (line: string) => {
      this.written.fire(line + "\r\n");
      const finding = parseFinding(line);
      if (finding !== undefined) {
        findings.push(finding);
      }
    };
    this.process = spawn(this.command, this.args, { cwd: this.directory, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      if (stream !== null) {
        createInterface(stream).on("line", show);
      }
    }
    this.process.on("error", (error) => {
      this.written.fire(`${this.command} cannot be run: ${error.message}\r\n`);
      this.closed.fire(2);
    });
    this.process.on("close", (code) => void this.end(findings, code ?? 2));
  }

  close(): void {
    this.process?.kill();
  }

  // end lists what the server does not tell by itself: it looks at the tree as one architecture
  // sees it.
  private async end(findings: readonly Finding[], code: number): Promise<void> {
    const byFile = new Map<string, Finding[]>();
    for (const finding of findings) {
      const file = path.resolve(this.directory, finding.file);
      byFile.set(file, [...(byFile.get(file) ?? []), finding]);
    }
    let others = 0;
    for (const [file, all] of byFile) {
      const uri = vscode.Uri.file(file);
      const known = vscode.languages.getDiagnostics(uri);
      const news = all.filter((finding) => !isKnown(finding, known));
      others += all.length - news.length;
      if (news.length > 0) {
        const text = await readText(uri);
        this.problems.set(uri, news.map((finding) => toDiagnostic(finding, text)));
      }
    }
    if (findings.length > 0) {
      this.written.fire(`\r\nAll of it is listed among the problems${others > 0 ? `, where ${others} of ${findings.length} were before` : ""}.\r\n`);
    }
    this.closed.fire(code);
  }
}

async function readText(uri: vscode.Uri): Promise<string> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return ""; // it is gone by now, or is no text: the line is enough
  }
}

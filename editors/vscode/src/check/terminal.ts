// The terminal of a check: shows the report, and lists what it finds as problems.
import { ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import { createInterface } from "node:readline";
import * as vscode from "vscode";
import { within } from "../trees";
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
    this.forget();
    this.written.fire(`kconfig-ls ${this.args.join(" ")}\r\n\r\n`);
    const findings: Finding[] = [];
    const show = (line: string) => {
      this.written.fire(harmless(line) + "\r\n");
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
    let failed = false;
    this.process.on("error", (error) => {
      failed = true;
      this.written.fire(`${this.command} cannot be run in ${this.directory}: ${error.message}\r\n`);
      this.closed.fire(2);
    });
    this.process.on("close", (code) => failed || void this.end(findings, code ?? 2));
  }

  close(): void {
    this.process?.kill();
  }

  // forget takes back what an earlier check of this directory has found.
  private forget(): void {
    this.problems.forEach((uri) => {
      if (within(this.directory, uri.fsPath)) {
        this.problems.delete(uri);
      }
    });
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

// readText returns the text of a file. It is not opened for that: the server would look at
// each of some hundred files as if somebody had it on the screen.
async function readText(uri: vscode.Uri): Promise<string> {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  try {
    return document?.getText() ?? Buffer.from(await vscode.workspace.fs.readFile(uri)).toString();
  } catch {
    return ""; // it is gone by now, or is no text: the line is enough
  }
}

// harmless returns a line without what a terminal would obey: parts of it are from the files.
function harmless(line: string): string {
  return line.replace(/\p{Cc}/gu, (control) => (control === "\t" ? control : "\ufffd"));
}

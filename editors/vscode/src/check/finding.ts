// What a check of a tree has found, as the command line prints it.
import * as vscode from "vscode";

export interface Finding {
  file: string; // relative to the directory of the check, or absolute
  line: number; // from 1
  column: number; // from 1, in bytes
  severity: vscode.DiagnosticSeverity;
  message: string;
  code: string;
}

const pattern = /^(?!\s)(.+?):(\d+):(\d+): (error|warning|information|hint): (.*) \[([\w-]+)\]$/;

const severities: Record<string, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

// parseFinding reads a line of the report, undefined if it is about no finding of its own.
export function parseFinding(line: string): Finding | undefined {
  const match = pattern.exec(line);
  if (match === null) {
    return undefined;
  }
  const [, file, row, column, severity, message, code] = match;
  return { file, line: Number(row), column: Number(column), severity: severities[severity], message, code };
}

// toDiagnostic returns a finding with its place in a text.
export function toDiagnostic(finding: Finding, text: string): vscode.Diagnostic {
  const line = text.split(/\r?\n/, finding.line)[finding.line - 1] ?? "";
  // Columns are of bytes, characters of the editor are of UTF-16.
  const start = Buffer.from(line, "utf8").subarray(0, finding.column - 1).toString("utf8").length;
  const word = /^(?:\w+|"[^"]*"?|\S)/.exec(line.slice(start));
  const range = new vscode.Range(finding.line - 1, start, finding.line - 1, start + (word?.[0].length ?? 0));
  const diagnostic = new vscode.Diagnostic(range, finding.message, finding.severity);
  diagnostic.source = "kconfig-ls check";
  diagnostic.code = { value: finding.code, target: vscode.Uri.parse(`https://github.com/kconfig-ls/kconfig-ls/blob/main/docs/checks/${finding.code}.md`) };
  return diagnostic;
}

// codeOf returns the code of a diagnostic as a text.
function codeOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === "object" ? code.value : (code ?? ""));
}

// isKnown reports whether one of the diagnostics says the same at the same line.
export function isKnown(finding: Finding, diagnostics: readonly vscode.Diagnostic[]): boolean {
  return diagnostics.some((one) => codeOf(one) === finding.code && one.range.start.line === finding.line - 1);
}

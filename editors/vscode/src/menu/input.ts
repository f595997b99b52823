// Asks for the value of an entry.
import * as vscode from "vscode";
import { Change, MenuItem, Tristate } from "../protocol";
import { Entry, isLogical, isMember } from "./entry";

// askForChange returns the change that the user wants, undefined for none.
export async function askForChange(entry: Entry): Promise<Change | undefined> {
  const { item, symbol } = entry;
  if (item.kind === "choice") {
    return askForMember(item);
  }
  if (symbol === undefined) {
    return undefined;
  }
  if (isMember(entry)) {
    return { symbol, value: "y" };
  }
  if (isLogical(item)) {
    // One step goes to the next value, as in other configurators.
    const values = item.assignable ?? [];
    return values.length === 0 ? undefined : { symbol, value: values[(values.indexOf(item.value as Tristate) + 1) % values.length] };
  }
  const value = await vscode.window.showInputBox({
    title: `${item.prompt ?? symbol} (${symbol})`,
    value: item.value ?? "",
    prompt: describeValues(item),
    validateInput: (text) => invalid(item, text),
  });
  return value === undefined || value === item.value ? undefined : { symbol, value };
}

async function askForMember(item: MenuItem): Promise<Change | undefined> {
  const members = (item.choices ?? []).filter((member) => member.visibility !== "n");
  const chosen = await vscode.window.showQuickPick(
    members.map((member) => ({
      label: `$(${member.symbol === item.value ? "circle-filled" : "circle-outline"}) ${member.prompt}`,
      description: member.symbol,
      member,
    })),
    { title: item.prompt, placeHolder: "One of them is on", matchOnDescription: true },
  );
  return chosen && { symbol: chosen.member.symbol, value: "y" };
}

function describeValues(item: MenuItem): string | undefined {
  const kind = item.type === "hex" ? "A hexadecimal number" : item.type === "int" ? "A number" : undefined;
  return kind && item.range ? `${kind} from ${item.range[0]} to ${item.range[1]}` : kind;
}

// invalid says why a text is no value of an item, undefined if it is one.
export function invalid(item: MenuItem, text: string): string | undefined {
  if (item.type === "string") {
    return undefined;
  }
  const hex = item.type === "hex";
  if (!(hex ? /^(0x)?[0-9a-f]+$/i : /^-?\d+$/).test(text)) {
    return hex ? "A hexadecimal number has the digits 0 to 9 and a to f, with or without 0x before them" : "A number has the digits 0 to 9, and perhaps a minus before them";
  }
  if (item.range !== undefined && (numberOf(text, hex) < numberOf(item.range[0], hex) || numberOf(text, hex) > numberOf(item.range[1], hex))) {
    return `It has to be from ${item.range[0]} to ${item.range[1]}`;
  }
  return undefined;
}

// numberOf reads a number of any size.
function numberOf(text: string, hex: boolean): bigint {
  const negative = text.startsWith("-");
  const digits = text.replace(/^-/, "").replace(/^0x/i, "");
  const value = BigInt((hex ? "0x" : "") + (digits || "0"));
  return negative ? -value : value;
}

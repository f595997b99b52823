// What a user does in the workbench and sees of it: keys, lists to pick from, dialogs,
// messages, views and hovers. All of it waits until what it is about is there.
import http from "node:http";

// How long, in milliseconds: a machine that does much else needs its time.
const patience = Number(process.env.KCONFIG_LS_PATIENCE ?? 60) * 1000;

export class Driver {
  constructor(workbench) {
    this.workbench = workbench;
    this.page = workbench.page;
  }

  // setting changes a setting of the machine; undefined is sent as null and takes it away.
  setting(name, value) {
    this.workbench.setting(name, value ?? undefined);
  }

  // until waits for a value that is there, asking again and again.
  async until(what, get, timeout = patience) {
    const end = Date.now() + timeout;
    for (;;) {
      const value = await get();
      if (value) {
        return value;
      }
      if (Date.now() > end) {
        throw new Error(`no ${what} after ${timeout / 1000} s`);
      }
      await this.page.waitForTimeout(50);
    }
  }

  press(keys) {
    return this.page.keyboard.press(keys);
  }

  type(text, delay = 0) {
    return this.page.keyboard.type(text, { delay });
  }

  // see waits for an element, and returns its text.
  async see(selector) {
    await this.page.locator(selector).first().waitFor({ timeout: patience });
    return this.page.locator(selector).first().innerText();
  }

  // command runs a command of the palette, which is gone then: what the command asks comes
  // up in its place, and is not to be taken for it.
  async command(title) {
    await this.press("F1");
    await this.pick(title, ">" + title);
    await this.page.waitForFunction(
      () => ![...document.querySelectorAll(".quick-input-widget")].some((one) => one.getClientRects().length > 0 && one.querySelector("input[type=text]")?.value.startsWith(">")),
      undefined,
      { timeout: patience },
    );
  }

  // openFile opens a file of the workspace by its path.
  async openFile(name) {
    const base = name.split("/").pop();
    await this.until(`editor of ${name}`, async () => {
      await this.press("Escape");
      await this.press("Control+P");
      // A new file may not be in the list yet, and a press is lost if the list is filled
      // anew meanwhile.
      const tab = this.page.locator(`.tab.active[aria-label*="${base}"]`);
      return this.pick(base, name, 5000)
        .then(() => tab.waitFor({ timeout: 5000 }))
        .then(() => true, () => false);
    });
    await this.page.waitForSelector(".editor-instance .monaco-editor .view-line", { timeout: patience });
  }

  get input() {
    return this.page.locator(".quick-input-widget:visible");
  }

  // list returns what a list to pick from has to say.
  async list() {
    const rows = this.input.locator(".quick-input-list .monaco-list-row");
    await rows.first().waitFor({ timeout: patience });
    return { title: await this.input.locator(".quick-input-title").innerText(), rows: await rows.evaluateAll((all) => all.map((row) => row.getAttribute("aria-label"))) };
  }

  // pick takes the first entry with a text, after something was typed to find it.
  async pick(text, typed = text, timeout = patience) {
    const box = this.input.locator("input[type=text]").first();
    await box.waitFor({ timeout: patience });
    await box.fill(typed);
    const row = this.input.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
    await row.waitFor({ timeout });
    // By keys: the tooltip of the row before may lie over it.
    for (let i = 0; i < 60 && !(await row.evaluate((element) => element.classList.contains("focused"))); i++) {
      await this.page.keyboard.press("ArrowDown");
    }
    await this.page.keyboard.press("Enter");
  }

  // enter puts a text into an input box, and waits for what the box says to it.
  async enter(text, said = "") {
    const box = this.input.locator("input[type=text]").first();
    await box.waitFor({ timeout: patience });
    await box.fill(text);
    await this.input.locator(".quick-input-message", { hasText: said }).waitFor({ timeout: patience });
  }

  // typed returns what stands in an input box.
  async typed() {
    const box = this.input.locator("input[type=text]").first();
    await box.waitFor({ timeout: patience });
    return box.inputValue();
  }

  // rename fills in the box that asks for a new name.
  async rename(name) {
    const box = this.page.locator(".rename-box input");
    await box.waitFor({ timeout: patience });
    await box.fill(name);
    await box.press("Enter");
  }

  // dialog answers a dialog by one of its buttons, and returns its text.
  async dialog(button) {
    const box = this.page.locator(".monaco-dialog-box");
    await box.waitFor({ timeout: patience });
    const text = await box.innerText();
    await box.locator(".dialog-buttons .monaco-button", { hasText: new RegExp(`^${button}$`) }).click();
    await box.waitFor({ state: "detached", timeout: patience });
    return text;
  }

  get messages() {
    return this.page.locator(".notifications-toasts .notification-list-item, .notifications-center .notification-list-item");
  }

  // notice waits for a message with a text, presses one of its buttons or closes it, and
  // returns all that it says.
  async notice(text, button) {
    const message = this.messages.filter({ hasText: text }).first();
    await this.until(`message with ${JSON.stringify(text)}`, async () => {
      if (!(await message.isVisible()) && !(await this.page.locator(".notifications-center.visible").isVisible())) {
        // It may be hidden by now: the list of messages has it.
        await this.page.locator("[id='status.notifications']").click();
      }
      return message.waitFor({ timeout: 1000 }).then(() => true, () => false);
    });
    const said = await message.innerText();
    if (button) {
      await message.locator(".monaco-button", { hasText: button }).first().click();
    } else {
      await message.hover();
      await message.locator(".codicon-notifications-clear").first().click();
    }
    await message.waitFor({ state: "detached", timeout: patience });
    return said;
  }

  // notices returns the messages that are shown.
  notices() {
    return this.messages.locator(".notification-list-item-message").allInnerTexts();
  }

  get statusItem() {
    return this.page.locator(".statusbar-item[id*='kconfig.status']").first();
  }

  // status returns what is said of the item at the bottom, once that has a part.
  async status(part = "") {
    const label = () => this.statusItem.locator("a").first().getAttribute("aria-label");
    return this.until(`status with ${JSON.stringify(part)}`, async () => {
      const said = (await this.statusItem.isVisible()) ? ((await label()) ?? "") : "";
      return said !== "" && said.includes(part) && said;
    });
  }

  // statusTooltip returns what comes up under the pointer on it, once that has a text.
  statusTooltip(text) {
    return this.hoverOver(this.statusItem, text);
  }

  clickStatus() {
    return this.statusItem.click();
  }

  // row is the first row of a view with a text.
  row(text) {
    return this.page.locator(".pane-body .monaco-list-row", { hasText: text }).first();
  }

  // shown waits for a row of a view, and returns its text.
  async shown(text) {
    await this.row(text).waitFor({ timeout: patience });
    return this.row(text).innerText();
  }

  async clickRow(text) {
    await this.shown(text);
    await this.row(text).locator(".label-name").first().click();
  }

  // unfold opens what is below a row, until a row with another text is there.
  async unfold(text, below) {
    await this.until(`row ${below} below ${text}`, async () => {
      if (await this.row(below).isVisible()) {
        return true;
      }
      await this.shown(text);
      if ((await this.row(text).getAttribute("aria-expanded")) === "false") {
        await this.row(text).locator(".monaco-tl-twistie").click();
      }
      return this.row(below).waitFor({ timeout: 2000 }).then(() => true, () => false);
    });
  }

  // check presses the box of a row. A press is lost if the row is drawn anew meanwhile.
  async check(text) {
    const row = this.row(text);
    const pressed = async () => (await row.getAttribute("aria-checked")) ?? row.innerText();
    await this.shown(text);
    const before = await pressed();
    await this.until(`change of the box of ${text}`, async () => {
      await row.locator(".custom-view-tree-node-item-checkbox").first().click();
      return this.until("change", async () => (await pressed()) !== before, 5000).then(() => true, () => false);
    });
  }

  // action presses one of the buttons of a row that come up under the pointer, until a
  // list or box is there. A press is lost if the row is drawn anew meanwhile.
  async action(text, title) {
    await this.until(`list or box of ${title} on ${text}`, async () => {
      await this.shown(text);
      await this.row(text).hover();
      await this.row(text).locator(`.action-label[aria-label*="${title}"]`).first().click();
      return this.input.waitFor({ timeout: 5000 }).then(() => true, () => false);
    });
  }

  // tooltip returns what comes up under the pointer on a row, once it has a text.
  async tooltip(row, text) {
    await this.shown(row);
    return this.hoverOver(this.row(row).locator(".label-name").first(), text);
  }

  get hover() {
    return this.page.locator(".monaco-hover:not(.hidden) .hover-contents, .workbench-hover .hover-contents, .workbench-hover-container .hover-contents");
  }

  // hoverOver puts the pointer on something until a hover with a text is there: the
  // editor drops one that is asked for while it is busy with the text.
  async hoverOver(target, text) {
    const box = await target.boundingBox();
    for (let turn = 0; turn < 20; turn++) {
      await this.page.mouse.move(box.x + box.width / 2 - 2, box.y + box.height / 2);
      await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 3 });
      const found = this.hover.filter({ hasText: text }).first();
      if (await found.waitFor({ timeout: 3000 }).then(() => true, () => false)) {
        return found.innerText();
      }
      await this.page.mouse.move(640, 790);
      await this.press("Escape");
    }
    throw new Error(`no hover with ${text}`);
  }

  // hoverSeen rests the pointer on a text in a line of the editor, which is told by how it
  // begins, as there may be hints behind it. It returns when a hover that says something is
  // there to be read, in milliseconds of the clock. The page itself takes the time: it takes
  // long to ask it while it is busy.
  async hoverSeen(line, text, said) {
    await this.page.evaluate((wanted) => {
      window.hoverSeen = 0;
      const look = () => {
        const all = [...document.querySelectorAll(".monaco-hover:not(.hidden) .hover-contents")];
        if (all.some((one) => one.getClientRects().length > 0 && one.innerText.replaceAll("\u00a0", " ").includes(wanted))) {
          window.hoverSeen = Date.now();
        } else {
          requestAnimationFrame(look);
        }
      };
      look();
    }, said);
    return this.until(`hover with ${JSON.stringify(said)}`, async () => {
      const place = await this.page.evaluate(([line, text]) => {
        const plain = (node) => node.textContent.replaceAll("\u00a0", " ");
        const shown = [...document.querySelectorAll(".editor-instance .view-line")].find((one) => plain(one).startsWith(line) && !/^\w/.test(plain(one).slice(line.length)));
        const nodes = document.createTreeWalker(shown ?? document.createElement("p"), NodeFilter.SHOW_TEXT);
        while (nodes.nextNode()) {
          const start = plain(nodes.currentNode).indexOf(text);
          if (start >= 0) {
            const range = document.createRange();
            range.setStart(nodes.currentNode, start);
            range.setEnd(nodes.currentNode, start + text.length);
            const { x, y, width, height } = range.getBoundingClientRect();
            return { x: x + width / 2, y: y + height / 2 };
          }
        }
        return undefined;
      }, [line, text]);
      if (place === undefined) {
        return undefined;
      }
      await this.page.mouse.move(place.x - 4, place.y);
      await this.page.mouse.move(place.x, place.y, { steps: 2 });
      // If nobody had an answer yet the pointer has to leave and come back.
      const seen = await this.page.waitForFunction(() => window.hoverSeen, undefined, { timeout: 2000 }).catch(() => undefined);
      await (seen ? undefined : this.page.mouse.move(place.x, place.y + 200));
      return seen?.jsonValue();
    });
  }

  // editor returns the text that the focused editor shows, as far as it is in view.
  async editor() {
    const lines = await this.page.locator(".editor-instance .view-line").allInnerTexts();
    return lines.join("\n").replaceAll("\u00a0", " ");
  }
}

// serve lets the tests in the extension host use a driver: each request names one of its
// methods and the arguments. It returns the address and a function that ends it.
export async function serve(driver) {
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", async () => {
      const answer = async () => {
        const { method, args } = JSON.parse(body);
        return { result: (await driver()[method](...args)) ?? null };
      };
      const value = await answer().catch((error) => ({ error: error.message }));
      response.end(JSON.stringify(value));
    });
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.on("listening", resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

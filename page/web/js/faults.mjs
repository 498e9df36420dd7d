// Shows faults in words, with the code under which docs/troubleshooting.md lists them.

import { element, enable, isEnabled } from "./dom.mjs";
import { FAULTS, LATCHED, title } from "./words.mjs";
import { showResult } from "./result.mjs";

/** Shows the faults of some nodes, with a button to clear those that stay until an operator clears them. */
export function showFaults(target, page, names) {
  const faulty = names
    .map((name) => page.nodes.byName.get(name))
    .filter(Boolean)
    .map((node) => ({ node, fault: page.nodes.last(node, "fault"), online: page.nodes.isOnline(node) }))
    .filter(({ fault, online }) => (!online && page.nodes.connected) || (fault && !fault.old && fault.value !== "none"));
  const key = faulty.map(({ node, fault, online }) => `${node.name} ${fault?.value} ${online}`).join();
  if (target.dataset.shown === key) return;
  target.dataset.shown = key;
  target.hidden = faulty.length === 0;
  target.replaceChildren(...grouped(faulty).map((one) => sentence(one, page)));
}

/** An airco repeats the fault of its sensor: equal faults are shown once. A latched fault is cleared at each node. */
function grouped(faulty) {
  const groups = [];
  for (const one of faulty) {
    const same = groups.find(({ fault, online }) => one.online && online && fault.value === one.fault.value && !LATCHED.includes(fault.value));
    if (same) same.names.push(one.node.name);
    else groups.push({ ...one, names: [one.node.name] });
  }
  return groups;
}

function sentence({ node, fault, online, names }, page) {
  const name = element("strong", "", title(names.join(" and ")));
  if (!online) return element("span", "", name, " is offline.");
  const words = Object.hasOwn(FAULTS, fault.value) ? FAULTS[fault.value] : "unknown fault";
  const line = element("span", "", name, `: ${words} `, element("code", "", fault.value));
  if (LATCHED.includes(fault.value)) line.append(" ", clearButton(node, page));
  return line;
}

function clearButton(node, page) {
  const button = element("button", "", "I have checked it: clear the fault");
  const shown = element("span", "result");
  button.type = "button";
  enable(button, true);
  button.addEventListener("click", () => {
    if (!isEnabled(button)) return;
    page.commands.send({
      prefix: page.nodes.prefix,
      node: node.name,
      command: "reset/set",
      value: "PRESS",
      onState: (result) => showResult(page, shown, "Clear the fault", result, { whose: title(node.name) }),
    });
  });
  return element("span", "", button, " ", shown);
}

// What is wrong, in words, with the code that the handbook knows it by.

import { make, enable, isOn } from "./dom.mjs";
import { FAULTS, LATCHED, title } from "./words.mjs";
import { answerWords } from "./answer.mjs";

/** Shows the faults of some nodes, and a way to clear those that stay until somebody has looked. */
export function showFault(element, page, names) {
  const wrong = names
    .map((name) => page.house.nodes.get(name))
    .filter(Boolean)
    .map((node) => ({ node, fault: page.house.last(node, "fault"), online: page.house.online(node) }))
    .filter(({ fault, online }) => (!online && page.house.connected) || (fault && !fault.old && fault.value !== "none"));
  const key = wrong.map(({ node, fault, online }) => `${node.name} ${fault?.value} ${online}`).join();
  if (element.dataset.wrong === key) return;
  element.dataset.wrong = key;
  element.hidden = wrong.length === 0;
  element.replaceChildren(...sharing(wrong).map((one) => sentence(one, page)));
}

/** A room goes by its sensor: what both tell is told once. What must be cleared is cleared at each. */
function sharing(wrong) {
  const told = [];
  for (const one of wrong) {
    const same = told.find(({ fault, online }) => one.online && online && fault.value === one.fault.value && !LATCHED.includes(fault.value));
    if (same) same.names.push(one.node.name);
    else told.push({ ...one, names: [one.node.name] });
  }
  return told;
}

function sentence({ node, fault, online, names }, page) {
  const name = make("strong", "", title(names.join(" and ")));
  if (!online) return make("span", "", name, " is offline.");
  const words = Object.hasOwn(FAULTS, fault.value) ? FAULTS[fault.value] : "something is wrong";
  const said = make("span", "", name, `: ${words} `, make("code", "", fault.value));
  if (LATCHED.includes(fault.value)) said.append(" ", clearing(node, page));
  return said;
}

function clearing(node, page) {
  const button = make("button", "", "I have looked: clear it");
  const answer = make("span", "answer");
  button.type = "button";
  enable(button, true);
  button.addEventListener("click", () => {
    if (!isOn(button)) return;
    page.asking.ask({
      prefix: page.house.prefix,
      node: node.name,
      command: "reset/set",
      value: "PRESS",
      told: (one) => answerWords(page, answer, "Clear it", one, { whose: title(node.name) }),
    });
  });
  return make("span", "", button, " ", answer);
}

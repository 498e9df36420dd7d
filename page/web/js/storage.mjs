// Stores the history of each room in this browser. Without storage the page shows only what it receives.

const KEY = "hearth.curve ";

export function saveHistory(name, history) {
  try {
    for (let i = localStorage.length - 1; i >= 0; i--) {
      const other = localStorage.key(i);
      if (other.startsWith(KEY) && other.includes(" demo-") && name.includes(" demo-") && !other.includes(name.split(" ")[1])) {
        localStorage.removeItem(other); // Of an earlier demo.
      }
    }
    localStorage.setItem(KEY + name, JSON.stringify(history));
  } catch {
    return; // The storage is full or not allowed.
  }
}

export function loadHistory(name) {
  try {
    return JSON.parse(localStorage.getItem(KEY + name));
  } catch {
    return null;
  }
}

# From node's TAP a line a check, and a last one that counts them. of: what only holds others; held: what those that held
# are called; took: whether to say how long all of it took.
/^ *(not )?ok [0-9]+ - / {
  depth = match($0, /[^ ]/) - 1
  name = $0
  sub(/^ *(not )?ok [0-9]+ - /, "", name)
  failed = $0 ~ /^ *not ok/
  next
}
/^ *duration_ms: / && name != "" {
  parent = name ~ of
  if (!parent) { if (failed) bad++; else good++ }
  else if (failed) worst = 1 # Though each that ran may have held.
  if (depth > 0 || parent) printf("%s%s: %s (%.1f s)\n", depth > 4 ? "  " : "", failed ? "FAILED" : "ok", name, $2 / 1000)
  else if (failed) print "FAILED: " name
  if (depth == 0) all += $2 / 1000
  name = ""
}
/^ *# the page weighs/ { sub(/^ *# /, ""); print }
END { print good + 0 " " held ", " (bad ? bad : worst + 0) " failed" (took ? sprintf(", %.0f s", all) : "") }

# Prints one line per check of node's TAP output, then a summary. of: names that only group others; held: the word for those
# that passed; took: whether to print the total time.
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
  else if (failed) worst = 1 # A group can fail although each check passed.
  if (depth > 0 || parent) printf("%s%s: %s (%.1f s)\n", depth > 4 ? "  " : "", failed ? "FAILED" : "ok", name, $2 / 1000)
  else if (failed) print "FAILED: " name
  if (depth == 0) all += $2 / 1000
  name = ""
}
/^ *# the page weighs/ { sub(/^ *# /, ""); print }
END { print good + 0 " " held ", " (bad ? bad : worst + 0) " failed" (took ? sprintf(", %.0f s", all) : "") }

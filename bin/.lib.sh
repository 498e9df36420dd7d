# Bash functions for the commands in this folder: they find or install the required tools, and build.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
least_java=17

say() { printf '%s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

# Installs Debian packages on Debian with root rights; otherwise prints the exact command and exits.
install() {
  local why=$1; shift
  sudo=''
  [ "$(id -u)" = 0 ] || sudo='sudo -n'
  if command -v apt-get >/dev/null && { [ -z "$sudo" ] || sudo -n true 2>/dev/null; }; then
    say "$why: installing $*"
    no_daemon_on
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null 2>&1 ||
      { $sudo apt-get -qq update && $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null; } ||
      { no_daemon_off; die "$why; the installation failed: install by hand: apt-get install $*"; }
    no_daemon_off
  else
    die "$why. On Debian or Raspberry Pi OS: sudo apt-get install $*"
  fi
}

# Debian starts a server as soon as it is installed. The tests start their own broker; a second one must not stay behind.
no_daemon_on() {
  kept_policy=''
  if [ -e /usr/sbin/policy-rc.d ]; then kept_policy=yes; return; fi
  printf '#!/bin/sh\nexit 101\n' | $sudo tee /usr/sbin/policy-rc.d >/dev/null
  $sudo chmod +x /usr/sbin/policy-rc.d
}
no_daemon_off() { [ -n "$kept_policy" ] || $sudo rm -f /usr/sbin/policy-rc.d; }

# The feature release of the JDK in a folder: 17, 25; 0 if there is none.
release_of() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null | grep . || echo 0; }

# Sets JAVA_HOME to a JDK that is new enough.
need_jdk() {
  local candidate on_path
  on_path=$(readlink -f "$(command -v javac || true)")
  for candidate in "${JAVA_HOME:-}" "${on_path%/bin/javac}" /usr/lib/jvm/default-java /usr/lib/jvm/*; do
    if [ -n "$candidate" ] && [ -x "$candidate/bin/javac" ] && [ "$(release_of "$candidate")" -ge $least_java ]; then
      export JAVA_HOME=$candidate
      return
    fi
  done
  [ -z "${jdk_installed:-}" ] || die "the installed JDK is older than Java $least_java: install a newer one below /usr/lib/jvm or set JAVA_HOME"
  install "Hearth requires JDK $least_java or newer, and none is installed" default-jdk-headless
  jdk_installed=yes
  need_jdk
}

# Maven 3.8 itself causes warnings of newer JDKs; they are not about Hearth.
quiet_maven() {
  [ "$(release_of "$JAVA_HOME")" -lt 24 ] ||
    export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
}

need_maven() {
  command -v mvn >/dev/null || install 'Hearth requires Maven 3.8 or newer, and none is installed' maven
  quiet_maven
}

maven_version() { mvn -v 2>/dev/null | no_colour | sed -n 's/^Apache Maven \([^ ]*\).*/\1/p'; }

# Sets the Maven options that check the SHA-256 of every jar before its code runs (supply/maven).
need_listed_jars() {
  local made=$root/supply/target/maven maven_home
  if [ ! -d "$made" ] || [ -n "$(find "$root/supply/maven" -type f -newer "$made" -print -quit)" ]; then
    rm -rf "$made"
    mkdir -p "$made"
    maven_home=$(mvn -v 2>/dev/null | no_colour | sed -n 's/^Maven home: //p')
    "$JAVA_HOME/bin/javac" -Xlint:all,-path -Werror --release 17 -proc:none -cp "$maven_home/lib/*" -d "$made" \
      "$root/supply/maven/hearth/supply/ListedJars.java" >&2 || { rm -rf "$made"; die 'the jar check (supply/maven) did not compile: see the errors above'; }
    cp -r "$root/supply/maven/META-INF" "$made"
    touch "$made"
  fi
  listed_jars=("-Dmaven.ext.class.path=$made" "-Dsupply.list=$root/supply/jars.sha256")
}

# The tests use a real broker and a real gpsd. Their installation must not leave a server running, today or after the next boot.
need_servers() {
  local missing=''
  { PATH=$PATH:/usr/sbin command -v mosquitto && command -v mosquitto_pub; } >/dev/null || missing='mosquitto mosquitto-clients'
  command -v openssl >/dev/null || missing="$missing openssl"
  { PATH=$PATH:/usr/sbin command -v gpsd && command -v gpsfake; } >/dev/null || missing="$missing gpsd gpsd-clients"
  if [ -n "$missing" ]; then
    install 'The tests require a real broker and a real gpsd, and some of these packages are missing' $missing
    if command -v systemctl >/dev/null; then
      for package in $missing; do
        case $package in mosquitto | gpsd) $sudo systemctl disable --quiet --now "$package.service" 2>/dev/null || true ;; esac
        case $package in gpsd) $sudo systemctl disable --quiet --now gpsd.socket 2>/dev/null || true ;; esac
      done
    fi
  fi
}

# The tests check the packages with lintian and dpkg-deb, and the units with systemd-analyze.
need_packagers() {
  local missing=''
  command -v lintian >/dev/null || missing='lintian'
  command -v dpkg-deb >/dev/null || missing="$missing dpkg"
  command -v systemd-analyze >/dev/null || missing="$missing systemd"
  # shellcheck disable=SC2086 # One word per package.
  [ -z "$missing" ] || install "The tests check the Debian packages with Debian's own tools, and some are missing" $missing
}

# The tests open the page and the report of the simulated year in a headless browser.
need_browser() {
  browser >/dev/null || install 'The tests open the page and the report in a browser, and none is installed' chromium
}

# The tests render the discovery templates with Jinja2, the engine that Home Assistant uses.
need_jinja() {
  python3 -c 'import jinja2' 2>/dev/null || /usr/bin/python3 -c 'import jinja2' 2>/dev/null ||
    install "The tests render Home Assistant's templates with Python's Jinja2, and it is not installed" python3 python3-jinja2
}

# The tests of the page and of the Node-RED example use npm packages and the browser above.
need_node() {
  local release
  release=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p')
  if [ "${release:-0}" -lt 18 ] || ! command -v npm >/dev/null; then
    install 'The tests of the page and of the Node-RED flow require Node.js 18 or newer and npm' nodejs npm
  fi
}

browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

# Maven 3.8 writes colour resets even into a pipe.
no_colour() { sed -u 's/\x1b\[[0-9;]*m//g'; }

# build MODULE: builds a module and the modules it depends on, if any source is newer than the last build.
build() {
  local module=$1 built=$root/$1/target/.built
  if [ -e "$built" ] && [ -z "$(find "$root" -newer "$built" \( -name pom.xml -o -path '*/src/main/*' -o -path '*/page/web/*' \) -not -path '*/target/*' -print -quit)" ]; then
    return
  fi
  need_jdk
  need_maven
  need_listed_jars
  say "building $module (the first build takes one or two minutes: Maven downloads its dependencies)"
  mvn -B -ntp -f "$root/pom.xml" "${listed_jars[@]}" -Pquick -pl "$module" -am package 2>&1 | no_colour |
    sed -nu 's/^\[INFO\] Building \(Hearth[a-z ]*\) [0-9.]* *\[\([0-9]*\)\/\([0-9]*\)\]$/  \2 of \3: \1/p; /^\[ERROR\]/p' >&2 ||
    die 'the build failed: see the errors above'
  touch "$built"
}

# node_program MODULE ARGUMENTS…: runs the program of a node. Its POM names the main class.
# The JVM flags were measured for low memory and a fast start, see docs/adr/0010-debian-packages-with-jdeb.md.
node_program() {
  local module=$1 main
  shift
  main=$(sed -n 's|.*<node.main>\(.*\)</node.main>.*|\1|p' "$root/$module/pom.xml")
  build "$module"
  need_jre
  exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms6m -Xmn2m -Xmx24m -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError \
    -Dio.netty.noUnsafe=true -Drx2.purge-enabled=false \
    -cp "$root/$module/target/$module.jar:$root/$module/target/lib/*" "$main" "$@"
}

need_jre() {
  need_jdk
  java=$JAVA_HOME/bin/java
}

# Tests the packages on an emulated Raspberry Pi (virtual-pi/README.md). A machine that cannot emulate one skips this test.
virtual_pi() {
  local log=$root/virtual-pi/.cache/run.log status=0
  mkdir -p "${log%/*}"
  "$root/virtual-pi/run" 2>&1 | tee "$log" || status=${PIPESTATUS[0]}
  case $status in
    0) echo "virtual Pi: $(tail -n 1 "$log")" ;;
    77) echo "virtual Pi: skipped: $(tail -n 1 "$log")"; status=0 ;;
    *) echo 'virtual Pi: FAILED, see the messages above' ;;
  esac
  return "$status"
}

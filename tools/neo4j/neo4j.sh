#!/usr/bin/env bash
# A real Neo4j Community server on this machine, from Maven artifacts: for CI and development.
# Users run their own, or `docker compose up -d neo4j`.
#
#   neo4j.sh build        fetch the jars (Maven, once)
#   neo4j.sh up           start in the background and wait until Bolt answers; prints the settings
#   neo4j.sh down         stop it
#   neo4j.sh wipe         stop it and delete its data
#   neo4j.sh shell ARGS   cypher-shell
#   neo4j.sh admin ARGS   neo4j-admin
#
# Settings: BOLT_PORT (7687), NEO4J_PASSWORD (made and kept in target/password when unset),
# HEAP (1g), PAGECACHE (512m). While it is up, target/env holds the lines to source.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$here/target
home=$target/home
port=${BOLT_PORT:-7687}
export NEO4J_HOME=$home NEO4J_CONF=$home/conf

need() {
  command -v "$1" >/dev/null || { echo "neo4j.sh: $1 is missing; install it, or use 'docker compose up -d neo4j'" >&2; exit 1; }
}

jvm=(-XX:+UseG1GC -XX:-OmitStackTraceInFastThrow -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8
     -Dlog4j2.disable.jmx=true -Dio.netty.tryReflectionSetAccessible=true
     --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/java.io=ALL-UNNAMED
     --add-opens=java.base/sun.nio.ch=ALL-UNNAMED)
classpath="$home/plugins/*:$home/conf/*:$home/lib/*"

build() {
  [ -n "$(ls "$home"/lib/neo4j-[0-9]*.jar 2>/dev/null)" ] && return
  need java; need mvn
  mvn -q -B -f "$here/pom.xml" package >&2
}

configure() {
  mkdir -p "$home"/{conf,data,logs,run,plugins,import,licenses}
  cat > "$home/conf/neo4j.conf" <<CONF
server.default_listen_address=127.0.0.1
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:$port
server.http.enabled=false
server.https.enabled=false
server.memory.heap.initial_size=${HEAP:-1g}
server.memory.heap.max_size=${HEAP:-1g}
server.memory.pagecache.size=${PAGECACHE:-512m}
dbms.usage_report.enabled=false
CONF
}

admin() { need java; java "${jvm[@]}" -cp "$classpath" org.neo4j.cli.AdminTool "$@"; }

password() {
  if [ ! -f "$target/password" ]; then
    mkdir -p "$target"
    (umask 077; printf '%s\n' "${NEO4J_PASSWORD:-$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')}" > "$target/password")
    admin dbms set-initial-password "$(cat "$target/password")" >&2
  fi
}

running() { [ -f "$target/pid" ] && kill -0 "$(cat "$target/pid")" 2>/dev/null; }

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }

up() {
  build; configure; password
  if ! running; then
    if answers; then echo "neo4j.sh: port $port is taken; set BOLT_PORT" >&2; exit 1; fi
    # The server's main class has another name in each line of releases; the jar says which.
    main=$(python3 -c 'import glob, sys, zipfile; print(zipfile.ZipFile(glob.glob(sys.argv[1])[0]).read("META-INF/services/org.neo4j.server.startup.EntryPoint").decode().strip())' "$home/lib/neo4j-[0-9]*.jar")
    setsid java "-Xms${HEAP:-1g}" "-Xmx${HEAP:-1g}" "${jvm[@]}" -cp "$classpath" "$main" \
      --home-dir="$home" --config-dir="$home/conf" >"$target/neo4j.log" 2>&1 </dev/null &
    echo $! > "$target/pid"
    for _ in $(seq 120); do
      answers && break
      running || { echo "neo4j.sh: it did not start:" >&2; tail -5 "$target/neo4j.log" >&2; exit 1; }
      sleep 1
    done
    answers || { echo "neo4j.sh: no answer on port $port after 120 s; see $target/neo4j.log" >&2; exit 1; }
  fi
  (umask 077; cat > "$target/env" <<ENV
export NEO4J_URI=bolt://127.0.0.1:$port
export NEO4J_USERNAME=neo4j
export NEO4J_PASSWORD=$(cat "$target/password")
ENV
  )
  cat "$target/env"
}

down() {
  if running; then
    kill "$(cat "$target/pid")"
    for _ in $(seq 60); do running || break; sleep 1; done
  fi
  rm -f "$target/pid" "$target/env"
}

case "${1:-}" in
  build) build ;;
  up)    up ;;
  down)  down ;;
  wipe)  down; rm -rf "$home/data" "$target/password" ;;
  shell) shift; need java; exec java -cp "$home/lib/*" org.neo4j.shell.Main -a "bolt://127.0.0.1:$port" -u neo4j -p "$(cat "$target/password")" "$@" ;;
  admin) shift; build; configure; admin "$@" ;;
  *) sed -n '2,14s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac

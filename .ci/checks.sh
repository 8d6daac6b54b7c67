# Sourced by the programs beside it: runs checks one after another and remembers how each ended.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export CI=1 NO_COLOR=1 REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true npm_config_loglevel=error
export PATH="$PWD/node_modules/.bin:$PATH:/usr/local/sbin:/usr/sbin:/sbin"

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
passed_checks=()
failed_checks=()
timings=()

any_warning='\bwarn(ing|ings)?\b'
node_warning='^\(node:[0-9]+\) .*warning'

# check <name> <pattern of a warning> <command…>: runs the command; a warning in its output fails it too.
check() {
  local name=$1 warning=$2 log="$logs/$1" started=$SECONDS verdict=ok
  shift 2
  printf '\n=== %s\n' "$name"
  if ! "$@" 2>&1 | tee "$log"; then
    verdict=FAILED
  elif grep -iE "$warning" "$log" | grep -qviE '\b(0|no) warnings?\b'; then
    verdict='FAILED (it warns)'
  fi
  timings+=("$(printf '%-16s %4d s  %s' "$name" $((SECONDS - started)) "$verdict")")
  if [[ $verdict == ok ]]; then passed_checks+=("$name"); else failed_checks+=("$name"); fi
}

print_timings() {
  printf '\n'
  printf '%s\n' "${timings[@]}"
  printf 'All in %d s.\n' "$SECONDS"
}

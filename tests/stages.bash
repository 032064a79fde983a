# The stages of tests/run, in the order in which they are started. Each function runs in a shell of its own with -e.
#
# The fuzzers' build (clang, both sanitizers, libFuzzer) also runs the unit tests and the corpus: one build serves all three.

builds=(build-native build-wasm build-page build-fuzz)
fuzz_seconds=${FUZZ_SECONDS:-60}
program=build/native/native_capture/native_capture

stage build-native ""
stage build-wasm ""
stage build-page "build-wasm"
stage build-fuzz "build-native"
stage browser "build-page build-native"
stage capture "build-native"
stage package "build-native"
stage unit "build-native"
stage corpus-sanitize "build-fuzz"
stage corpus-wasm "build-wasm build-native"
stage unit-sanitize "build-fuzz"
for source in tests/fuzz/fuzz_*.cpp; do
  name=$(basename "${source#*fuzz_}" .cpp)
  stage "fuzz-$name" "build-fuzz"
  eval "run_fuzz_$name() { fuzz $name; }"
done
stage wasm "build-wasm build-native"
stage pandas "build-native"
stage format ""
stage tidy "build-native"
[ ! -e tests/benchmark/run ] || stage benchmark "build-page build-native"

build() { cmake --preset "$1" && cmake --build --preset "$1" -j "$(nproc)"; }

# The size that is sent: gzipped.
size() { printf '%s: %d bytes, %d gzipped\n' "$1" "$(stat -c %s "$1")" "$(gzip -9 <"$1" | wc -c)"; }

run_build_native() { build native; }
run_build_fuzz() { build fuzz; }
run_build_wasm() {
  build wasm
  size build/wasm/wasm/tracedrop.wasm
}
run_build_page() {
  web/run --build
  size web/dist/index.html
}

# run_ctest PRESET NAMES OPTIONS...: several may run at the same time, so each has a report of its own.
run_ctest() {
  local preset=$1 report=$PWD/build/log/ctest-$2.xml
  shift 2
  ctest --preset "$preset" --quiet --output-junit "$report" --test-output-size-passed 1000000 \
    --test-output-size-failed 1000000 "$@" || true
  python3 tests/report_ctest.py "$report"
}
run_unit() { run_ctest native unit -E '^capture_'; }
run_capture() { run_ctest native capture -R '^capture_'; }
run_unit_sanitize() { run_ctest fuzz unit-sanitize -E '^capture_(answers|rights|stopping|terminal|traffic)'; }

run_wasm() { for file in tests/wasm/*.test.mjs; do node "$file"; done; }
run_pandas() {
  local python=python3   # the packages are Debian's, for the system's own Python
  "$python" -c 'import matplotlib, pandas' 2>/dev/null || python=/usr/bin/python3
  if ! "$python" -c 'import matplotlib, pandas' 2>/dev/null; then
    echo "skipped: no pandas and matplotlib (python3-pandas, python3-matplotlib)"
    return
  fi
  "$python" -B tests/pandas/check.py --build build/native
}
run_browser() { tests/browser/run; }
run_package() { tests/package/run; }
run_benchmark() { tests/benchmark/run --quick; }

# Formatting differs a little between versions; the project's is 14 (Debian 12).
run_format() {
  if ! clang-format --version | grep -q 'version 14\.'; then
    echo "skipped: formatting is checked with clang-format 14, here is $(clang-format --version)"
    return
  fi
  find wasm native_capture tests -name node_modules -prune -o \( -name '*.h' -o -name '*.cpp' \) -print0 |
    xargs -0 clang-format --dry-run -Werror
  echo "all files are formatted"
}
run_tidy() { tests/tidy; }

# A minute each, beginning with the golden captures (columns for the csv reader) and the finds of earlier days.
fuzz() {
  local name=$1 work=build/fuzz/work/$1 seeds=(tests/golden/captures)
  [ "$name" != csv ] || seeds=(tests/golden/columns)
  if [ "$name" = dissect ]; then   # its inputs are packets, which captures are made into
    build/fuzz/tests/fuzz/make_seeds build/fuzz/seeds tests/golden/captures ${TRACEDROP_CORPUS:+"$TRACEDROP_CORPUS/captures"}
    seeds=(build/fuzz/seeds)
  fi
  [ ! -d "tests/fuzz/finds/fuzz_$name" ] || seeds+=("tests/fuzz/finds/fuzz_$name")
  mkdir -p "$work"
  "build/fuzz/tests/fuzz/fuzz_$name" -max_total_time="$fuzz_seconds" -timeout=20 -rss_limit_mb=4096 \
    -artifact_prefix="build/fuzz/find_${name}_" "$work" "${seeds[@]}"
}

corpus_is_here() {
  [ ! -d "${TRACEDROP_CORPUS:-/nonexistent}" ] || return 0
  echo "skipped: no corpus (TRACEDROP_CORPUS, or ../shared/corpus)"
  return 1
}
run_corpus_sanitize() {
  corpus_is_here || return 0
  build/fuzz/tests/load_all "$TRACEDROP_CORPUS/captures" "$TRACEDROP_CORPUS/course"
}
run_corpus_wasm() {
  local files=build/log/corpus-wasm-files.log
  corpus_is_here || return 0
  if ! node tests/corpus/load_all.mjs --program $program "$TRACEDROP_CORPUS/captures" "$TRACEDROP_CORPUS/course" >$files; then
    grep -B1 FAILED $files || tail -2 $files
    return 1
  fi
  tail -1 $files
}

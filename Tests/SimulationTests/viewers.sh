#!/bin/bash
# Opens the traces and pages of every shipped scenario with the viewers' own tools:
#   GTKWave   vcd2fst reads the dump, and fst2vcd gives back its last moment (apt: gtkwave)
#   Perfetto  its schema decodes the trace, and trace_processor finds the slices where it can be had (pip: perfetto)
#   Chromium  lays the page out without a window: every plot has its place, no other file is named (apt: chromium)
# What is not installed is skipped, and said so; then it ends with 77, as nothing is shown of that.
#
# usage: viewers.sh PROGRAM        e.g. Tests/SimulationTests/viewers.sh .build/release/ipsec-la
set -u
program=$(realpath "${1:?usage: viewers.sh PROGRAM}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0
skipped=0
skip() { echo "skipped: $*"; skipped=$((skipped + 1)); }
fail() { echo "FAILED: $*"; failures=$((failures + 1)); }

command -v vcd2fst > /dev/null || skip "GTKWave's tools are not installed"
command -v chromium > /dev/null || skip "Chromium is not installed"
python3 -c 'import perfetto' 2> /dev/null || skip "Perfetto's Python package is not installed"

cat > "$folder/check.py" << 'PYTHON'
import contextlib
import sys
from collections import Counter
from perfetto.protos.perfetto.trace.perfetto_trace_pb2 import Trace, TrackEvent

trace = Trace()
trace.ParseFromString(open(sys.argv[1], "rb").read())
events = [packet.track_event for packet in trace.packet if packet.HasField("track_event")]
tracks = {packet.track_descriptor.uuid for packet in trace.packet if packet.HasField("track_descriptor")}
depth, slices, last = Counter(), 0, 0
started, ended = set(), set()
for packet in trace.packet:
    assert packet.timestamp >= last or not packet.timestamp, "time goes back"
    last = max(last, packet.timestamp)
for event in events:
    assert event.track_uuid in tracks, "an event on no track"
    depth[event.track_uuid] += {TrackEvent.TYPE_SLICE_BEGIN: 1, TrackEvent.TYPE_SLICE_END: -1}.get(event.type, 0)
    assert 0 <= depth[event.track_uuid] <= 1, "slices of one lane overlap"
    slices += event.type == TrackEvent.TYPE_SLICE_BEGIN
    started.update(event.flow_ids)
    ended.update(event.terminating_flow_ids)
assert not any(depth.values()), "a slice does not end"
assert slices and ended <= started, "a flow ends that never began"
print(f"Perfetto's schema: {len(tracks)} tracks, {slices} slices, {len(started)} flows, {len(ended)} to the interrupt")
try:
    from perfetto.trace_processor import TraceProcessor
    with contextlib.redirect_stdout(sys.stderr):  # it tells of its download
        processor = TraceProcessor(trace=sys.argv[1])
except BaseException as error:
    print(f"skipped: trace_processor cannot be had ({type(error).__name__})")
else:
    found = list(processor.query("select count(*) n from slice where dur > 0"))[0].n
    lost = list(processor.query("select sum(value) n from stats where severity = 'error'"))[0].n
    processor.close()
    assert found and not lost, f"trace_processor: {found} slices, {lost} errors"
    print(f"trace_processor: {found} slices, no errors")
PYTHON

# What the browser is to find out of a page: how many plots there are, how many have their place, texts in them, whether
# all fits into the width, and how many other files it names.
cat > "$folder/measure.html" << 'HTML'
<script>
addEventListener("load", () => {
  const plots = [...document.querySelectorAll("svg")];
  const isDrawn = (plot) => {
    const box = plot.getBBox(), place = plot.getBoundingClientRect();
    return box.width > 100 && box.height > 20 && place.width > 100 && place.right <= innerWidth + 1;
  };
  document.title = [
    plots.length, plots.filter(isDrawn).length, document.querySelectorAll("svg text").length,
    document.documentElement.scrollWidth <= innerWidth, document.querySelectorAll("[src], [href], object").length,
  ].join(" ");
});
</script>
HTML

# The page as Chromium has laid it out in a window of this width: "plots drawn texts fits files".
measured() {
  cat "$folder/a.html" "$folder/measure.html" > "$folder/b.html"
  chromium --headless --no-sandbox --disable-gpu --user-data-dir="$folder/profile" --window-size="$1,2000" \
    --dump-dom "file://$folder/b.html" 2> /dev/null | sed -n 's:.*<title>\(.*\)</title>.*:\1:p' | head -1
}

for scenario in $("$program" simulate --list-scenarios | awk '/^[a-z]/ { print $1 }'); do
  echo "$scenario"
  "$program" simulate "$scenario" --vcd "$folder/a.vcd" --trace "$folder/a.perfetto" --html "$folder/a.html" \
    > /dev/null || fail "$scenario: the scenario itself"
  if command -v vcd2fst > /dev/null; then
    vcd2fst "$folder/a.vcd" "$folder/a.fst" && fst2vcd "$folder/a.fst" > "$folder/b.vcd" || fail "$scenario: vcd2fst"
    moments=$(grep -c '^#' "$folder/a.vcd") last=$(grep '^#' "$folder/a.vcd" | tail -1)
    [ "$last" = "$(grep '^#' "$folder/b.vcd" | tail -1)" ] && [ "$moments" = "$(grep -c '^#' "$folder/b.vcd")" ] \
      || fail "$scenario: GTKWave's reader sees other moments"
    echo "  GTKWave: $moments moments, the last at ${last#\#} ps"
  fi
  if python3 -c 'import perfetto' 2> /dev/null; then
    python3 "$folder/check.py" "$folder/a.perfetto" 2> "$folder/errors" | sed 's/^/  /'
    [ "${PIPESTATUS[0]}" = 0 ] || fail "$scenario: Perfetto: $(tail -1 "$folder/errors")"
  fi
  if command -v chromium > /dev/null; then
    for width in 1280 600; do
      read -r plots drawn texts fits files <<< "$(measured "$width")"
      [ "${plots:-0}" = "$(grep -c '<svg' "$folder/a.html")" ] && [ "$drawn" = "$plots" ] && [ "$texts" -gt 20 ] \
        && [ "$fits" = true ] && [ "$files" = 0 ] \
        || fail "$scenario: Chromium at $width: ${plots:-no page}, $drawn drawn, $texts texts, $fits, $files files"
    done
    echo "  Chromium: $drawn plots with $texts texts, and no other files"
  fi
done
[ "$failures" = 0 ] || exit 1
[ "$skipped" = 0 ] || { echo "not shown: $skipped of 3 viewers are missing"; exit 77; }
echo "all traces and pages open"

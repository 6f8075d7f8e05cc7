#!/bin/bash
# Opens the traces of every shipped scenario with the viewers' own tools:
#   GTKWave   vcd2fst reads the dump, and fst2vcd gives back its last moment (apt: gtkwave)
#   Perfetto  its schema decodes the trace, and trace_processor finds the slices where it can be had (pip: perfetto)
# What is not installed is skipped, and said so.
#
# usage: viewers.sh PROGRAM        e.g. Tests/SimulationTests/viewers.sh .build/release/ipsec-la
set -u
program=$(realpath "${1:?usage: viewers.sh PROGRAM}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0
fail() { echo "FAILED: $*"; failures=$((failures + 1)); }

command -v vcd2fst > /dev/null || echo "skipped: GTKWave's tools are not installed"
python3 -c 'import perfetto' 2> /dev/null || echo "skipped: Perfetto's Python package is not installed"

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

for scenario in $("$program" simulate --list-scenarios | awk '/^[a-z]/ { print $1 }'); do
  echo "$scenario"
  "$program" simulate "$scenario" --vcd "$folder/a.vcd" --trace "$folder/a.perfetto" > /dev/null \
    || fail "$scenario: the scenario itself"
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
done
[ "$failures" = 0 ] && echo "all traces open"
exit "$((failures > 0))"

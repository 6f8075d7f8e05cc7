import CycleModel

/// A run as a page that needs nothing else: no scripts, no other files.
public struct HTMLReport {
  private let results: Results

  public init(_ results: Results) { self.results = results }

  public var text: String {
    let plots = Plots(results: results)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>\(results.scenario.escaped)</title>
      <style>\(Self.style)</style>
      </head>
      <body>
      <h1>\(results.scenario.escaped)</h1>
      <p>\(results.summary.escaped)</p>
      <p class="quiet">Version \(results.version), \(results.mode.rawValue), profile \(results.profile.escaped), \
      seed \(results.seed).</p>
      \(tiles)
      \(verdicts)
      <h2>Latency</h2>
      <p>From the driver's ring to its interrupt handler; the line is the share of requests that took no longer.</p>
      \(plots.latency)
      <p>Stages follow each other: the mean times of a packet's add up to its mean time from doorbell to interrupt.</p>
      \(latencies)
      <h2>Throughput over time</h2>
      \(plots.throughput)
      <h2>Utilisation over time</h2>
      <p>The darker, the more of its lanes a unit had at work.</p>
      \(plots.utilisation)
      <h2>Occupancy over time</h2>
      <p>Requests on the rings and in front of the units, from none to the peak.</p>
      \(plots.occupancy)
      <h2>Where cycles went</h2>
      <p><span class="key busy"></span> busy <span class="key blocked"></span> blocked: no room in the next unit
      <span class="key held"></span> held: something else was missing <span class="key starved"></span> starved:
      nothing to do</p>
      \(plots.cycles)
      </body>
      </html>

      """
  }

  private var tiles: String {
    let times = Format.times(results.statistics.latency)
    let hasTime = results.activeTime > 0
    var tiles = [
      ("packets", Format.count(results.tally.returned)),
      ("throughput", hasTime ? Format.text(results.throughput, .throughput) : Format.nothing),
      ("rate", hasTime ? Format.text(results.packetRate, .packetRate) : Format.nothing),
      ("latency p50", times[0]), ("latency p99", times[1]), ("longest", times[2]),
      ("SA-cache hits", Format.share(ofLookUps: results.statistics.cache)),
      ("device time", hasTime ? Format.time(results.activeTime) : Format.nothing),
    ]
    if results.isMeasuredLonger { tiles.append(("measured time", Format.time(results.statistics.duration))) }
    if results.unsent > 0 { tiles.append(("never sent", Format.count(results.unsent))) }
    if results.lost > 0 { tiles.append(("lost", Format.count(results.lost))) }
    if results.tally.refused > 0 {
      let name = results.mode == .timingOnly ? "refused, as far as sizes tell" : "refused"
      tiles.append((name, Format.count(results.tally.refused)))
    }
    return "<dl>" + tiles.map { "<div><dt>\($0)</dt><dd>\($1.escaped)</dd></div>" }.joined() + "</dl>"
  }

  private var verdicts: String {
    if results.verdicts.isEmpty { return "" }
    let rows = results.verdicts.map { verdict in
      let style = verdict.outcome == .failed ? " class=\"failed\"" : ""
      return "<tr\(style)><td>\(verdict.expectation.escaped)</td><td>\((verdict.measured ?? "").escaped)</td>"
        + "<td>\(verdict.outcome.rawValue)</td></tr>"
    }
    return "<h2>Expectations</h2>\n<table>\(rows.joined(separator: "\n"))</table>"
  }

  private var latencies: String {
    let whole = (name: "doorbell to interrupt", latency: results.statistics.latency)
    let rows = ([whole] + results.stages).map { name, latency in
      "<tr><td>\(name.escaped)</td>"
        + Format.times(latency).map { "<td>\($0)</td>" }.joined() + "</tr>"
    }
    return "<table><tr><th></th><th>p50</th><th>p99</th><th>max</th></tr>\(rows.joined(separator: "\n"))</table>"
  }

  private static let style = """
    :root { --ink: #1b1f24; --quiet: #5b6470; --paper: #fff; --ground: #eef0f3; --busy: #0072b2; --blocked: #d55e00; \
    --held: #cc79a7; --curve: #1b1f24; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --quiet: #9aa4b0; --paper: #14171b; \
    --ground: #262b32; --busy: #56b4e9; --blocked: #e69f00; --curve: #e6e9ed; } }
    body { margin: 2rem auto; max-width: 54rem; padding: 0 1rem; color: var(--ink); background: var(--paper); \
    font: 16px/1.5 system-ui, sans-serif; }
    h1 { margin-bottom: 0; } h2 { margin: 2.5rem 0 0.25rem; font-size: 1.2rem; }
    .quiet, dt { color: var(--quiet); }
    dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.75rem; }
    dl div { padding: 0.6rem 0.8rem; border-radius: 0.4rem; background: var(--ground); }
    dt { font-size: 0.8rem; } dd { margin: 0; font-size: 1.15rem; font-variant-numeric: tabular-nums; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    td, th { padding: 0.15rem 1rem 0.15rem 0; text-align: right; } td:first-child { text-align: left; }
    .failed td { color: var(--blocked); font-weight: 600; }
    svg { display: block; width: 100%; height: auto; } svg text { fill: var(--ink); font-size: 12px; }
    .busy { fill: var(--busy); } .blocked { fill: var(--blocked); } .held { fill: var(--held); } \
    .starved, .ground { fill: var(--ground); }
    .curve { fill: none; stroke: var(--curve); stroke-width: 1.2; } .axis { fill: none; stroke: var(--quiet); }
    .key { display: inline-block; width: 0.8em; height: 0.8em; border-radius: 0.15em; margin-left: 0.8em; }
    .key.busy { background: var(--busy); } .key.blocked { background: var(--blocked); } \
    .key.held { background: var(--held); } .key.starved { background: var(--ground); }
    """
}

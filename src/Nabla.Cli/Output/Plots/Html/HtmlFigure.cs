using System.Net;

namespace Nabla.Cli.Output.Plots;

/// <summary>
/// Draws a figure as a page that reads out what the pointer is near to. It needs nothing but itself: no other file, no
/// network.
/// </summary>
internal static class HtmlFigure
{
    public static string Draw(Figure figure)
    {
        var hover = new HoverData();
        string svg = SvgFigure.Draw(figure, hover);
        return $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{WebUtility.HtmlEncode(Lettering.Clean(figure.Title))}}</title>
            <style>
            {{Sheet}}
            </style>
            </head>
            <body>
            <main>
            {{svg}}
            </main>
            <div id="note" hidden></div>
            <script id="data" type="application/json">{{hover.ToJson()}}</script>
            <script>
            {{Script}}
            </script>
            </body>
            </html>

            """;
    }

    private const string Sheet = """
        :root{color-scheme:light dark}
        body{margin:0;background:#fff}
        main{max-width:1200px;margin:1rem auto;padding:0 1rem}
        svg{width:100%;height:auto}
        #note{position:fixed;pointer-events:none;white-space:pre;padding:.4rem .6rem;border-radius:.4rem;
        font:13px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;
        background:#1f2328;color:#fff;box-shadow:0 2px 8px #0006;max-width:24rem;overflow:hidden}
        @media (prefers-color-scheme:dark){body{background:#0d1117}#note{background:#e6edf3;color:#0d1117}}
        """;

    // The nearest spot within 40 dots; where there is none, the cell of a map.
    private const string Script = """
        const { spots, maps } = JSON.parse(document.getElementById('data').textContent);
        const svg = document.querySelector('svg'), note = document.getElementById('note');
        const ring = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
        ring.setAttribute('r', 6);
        ring.setAttribute('fill', 'none');
        ring.setAttribute('stroke-width', 2.5);
        ring.setAttribute('pointer-events', 'none');
        const hide = () => { note.hidden = true; ring.remove(); };
        const number = value => String(Number(value.toPrecision(4)));
        const place = (axis, index, count) => axis.names ? axis.names[index] : axis.label + ': '
          + number(axis.from + (axis.to - axis.from) * (count > 1 ? index / (count - 1) : 0));
        function nearest(p) {
          let best = null, least = 40 * 40;
          for (const series of spots)
            for (let i = 0; i < series.x.length; i++) {
              const d = (series.x[i] - p.x) ** 2 + (series.y[i] - p.y) ** 2;
              if (d < least) { least = d; best = { series, i }; }
            }
          return best;
        }
        function cell(p) {
          for (const map of maps) {
            const [left, top, right, bottom] = map.box;
            const j = Math.floor((p.x - left) / (right - left) * map.columns);
            const i = Math.floor((p.y - top) / (bottom - top) * map.rows);
            if (i >= 0 && j >= 0 && i < map.rows && j < map.columns)
              return [place(map.x, j, map.columns), place(map.y, i, map.rows),
                (map.name ? map.name + ': ' : '') + map.values[i * map.columns + j]].join('\n');
          }
          return null;
        }
        svg.addEventListener('pointerleave', hide);
        svg.addEventListener('pointermove', event => {
          const p = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
          const found = nearest(p), text = found ? found.series.texts[found.i] : cell(p);
          hide();
          if (!text) return;
          if (found) {
            ring.setAttribute('class', 'l' + found.series.colour);
            ring.setAttribute('cx', found.series.x[found.i]);
            ring.setAttribute('cy', found.series.y[found.i]);
            svg.append(ring);
          }
          note.textContent = text;
          note.hidden = false;
          const right = event.clientX + 16 + note.offsetWidth > innerWidth;
          note.style.left = Math.max(4, right ? event.clientX - 12 - note.offsetWidth : event.clientX + 16) + 'px';
          note.style.top = Math.max(4, Math.min(event.clientY + 12, innerHeight - note.offsetHeight - 4)) + 'px';
        });
        """;
}
